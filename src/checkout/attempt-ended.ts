/**
 * The reason with which attempts and their forms are aborted. All of them share this one: a reason that the browser creates references
 * the removed element by its stack, and a library that keeps its callbacks would keep the element with it.
 */
export const attemptEnded = new DOMException('Ended.', 'AbortError');
