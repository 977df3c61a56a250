import { onAbort } from '../shared/signals.js';
import { MutationObserver } from '../shared/natives.js';

interface ObserveOptions {
  readonly signal: AbortSignal;
  /** Also observes attributes. By default only added and removed nodes are observed. */
  readonly attributes?: boolean;
}

/** Calls back now, and after every change inside the nodes. */
export function observeChanges(nodes: readonly Node[], callback: () => void, { signal, attributes = false }: ObserveOptions): void {
  const observer = new MutationObserver(callback);
  for (const node of nodes) observer.observe(node, { childList: true, subtree: true, attributes });
  onAbort(signal, () => observer.disconnect());
  callback();
}
