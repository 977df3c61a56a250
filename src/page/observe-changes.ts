import { onAbort } from '../shared/signals.js';

interface WatchOptions {
  readonly signal: AbortSignal;
  /** Watches attributes too, and not only what comes and goes. */
  readonly attributes?: boolean;
}

/** Calls back now, and whenever something in the places changes. */
export function observeChanges(places: readonly Node[], look: () => void, { signal, attributes = false }: WatchOptions): void {
  const observer = new MutationObserver(look);
  for (const place of places) observer.observe(place, { childList: true, subtree: true, attributes });
  onAbort(signal, () => observer.disconnect());
  look();
}
