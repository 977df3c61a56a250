/**
 * The one reason with which attempts and their forms are aborted. A reason that the browser creates for each abort has a stack that keeps
 * the removed element alive, if a library keeps its callbacks.
 */
export const attemptEnded = new DOMException('Ended.', 'AbortError');
