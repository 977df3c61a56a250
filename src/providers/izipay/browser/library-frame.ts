import { unlessAborted } from '../../../shared/signals.js';
import { sleep } from '../../../shared/retries.js';
import { observeChanges } from '../../../page/observe-changes.js';
import { AbortController, Promise } from '../../../shared/natives.js';

/** The id of the library's frame, of which there is one per page (*measured in the September 2025 build*). */
const frameId = 'izipay-checkout-web';
/** Milliseconds to wait for the frame of a new library. A script that the page loads in another way may never add one. */
const preloadLimit = 1_000;
/** Libraries that have added their frame, or have had the time for it. */
const preparedLibraries = new WeakSet<object>();

/** Finds the library's frame: in the container, or anywhere on the page for a pop-up. */
export function findFrame(container: Element): HTMLIFrameElement | undefined {
  return container.querySelector('iframe') ?? (document.getElementById(frameId) as HTMLIFrameElement | null) ?? undefined;
}

export function hasSize(element: Element | undefined): boolean {
  return element !== undefined && element.clientWidth * element.clientHeight > 0;
}

/**
 * Waits until a new library has added its frame to the page, about 100 ms after its evaluation. A form that opens earlier is lost
 * (*measured in the September 2025 build*).
 */
export async function waitForPreload(library: unknown, signal: AbortSignal): Promise<void> {
  if (preparedLibraries.has(library as object)) return;
  const waiting = new AbortController();
  const preload = Promise.race([waitForFrame(waiting.signal), sleep(preloadLimit, waiting.signal)]);
  await unlessAborted(signal, preload).finally(() => waiting.abort());
  preparedLibraries.add(library as object);
}

function waitForFrame(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => observeChanges([document], () => document.getElementById(frameId) && resolve(), { signal }));
}
