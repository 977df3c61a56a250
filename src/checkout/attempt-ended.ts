/**
 * Why an attempt and its form end. One for all: a reason of the browser's own holds, by its stack, the element that is being removed,
 * and a library that never lets go of its callbacks holds the signal.
 */
export const over = new DOMException('Over.', 'AbortError');
