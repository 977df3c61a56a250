/**
 * How a call goes wrong: an HTTP status; an answer that never comes; a connection that breaks; a page of HTML with status 200;
 * a 200 without a body.
 */
export type CallFault = number | 'hang' | 'drop' | 'html' | 'empty';

/** A fault for every call; or a list with one entry for each of the next calls, where `undefined` is a call that goes well. */
export type Scripted<T> = T | (T | undefined)[];

/** What any provider's API may get wrong. */
export interface ApiFaults {
  /** Milliseconds by which every answer is late. */
  slow?: number;
}

/** The fault of this call; takes it off the list where there is one. */
export function takeNextFault<T extends string | number>(fault: Scripted<T> | undefined): T | undefined {
  // JSON has no `undefined`: a list that came over the network holds `null`.
  return (Array.isArray(fault) ? fault.shift() : fault) ?? undefined;
}

/** Whether a fault that is on, or is for the next so many times, happens this time; counts it off. */
export function isFaultDue<Name extends string>(faults: { [Key in Name]?: boolean | number }, name: Name): boolean {
  const left = faults[name];
  if (typeof left !== 'number') return left ?? false;
  if (left > 0) faults[name] = left - 1;
  return left > 0;
}

/** @throws the signal's reason as soon as it is aborted, as `fetch` does */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason as Error);
    const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined;
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason as Error)), { once: true });
  });
}
