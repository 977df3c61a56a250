/**
 * The fault of a call: an HTTP error status, a response that never arrives (`hang`), a broken connection (`drop`), an HTML page
 * with status 200 (`html`), or status 200 without a body (`empty`).
 */
export type CallFault = number | 'hang' | 'drop' | 'html' | 'empty';

/** A fault for every call, or a list with one entry for each of the next calls. `undefined` is a call that succeeds. */
export type Scripted<T> = T | (T | undefined)[];

/** The faults of every provider's API. */
export interface ApiFaults {
  /** Milliseconds by which every response is delayed. */
  slow?: number;
}

/** Returns the fault of this call, and removes it from the list if the faults are a list. */
export function takeNextFault<T extends string | number>(fault: Scripted<T> | undefined): T | undefined {
  // JSON has no `undefined`, so a list from the network contains `null` instead.
  return (Array.isArray(fault) ? fault.shift() : fault) ?? undefined;
}

/** Whether a fault occurs this time. A number is how many more times it occurs, and is counted down. */
export function isFaultDue<Name extends string>(faults: { [Key in Name]?: boolean | number }, name: Name): boolean {
  const left = faults[name];
  if (typeof left !== 'number') return left ?? false;
  if (left > 0) faults[name] = left - 1;
  return left > 0;
}

/** @throws the signal's reason as soon as the signal is aborted, as `fetch` does */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason as Error);
    const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined;
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason as Error)), { once: true });
  });
}
