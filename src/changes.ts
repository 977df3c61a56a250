import { onAbort } from './signals.js';

interface Watch {
  /** Whether attributes count as well as nodes. */
  readonly attributes?: boolean;
  readonly signal: AbortSignal;
}

/** Calls back now, and at every change within the nodes. */
export function watchChanges(nodes: Iterable<Node>, changed: () => void, { attributes = false, signal }: Watch): void {
  const observer = new MutationObserver(changed);
  for (const node of nodes) observer.observe(node, { childList: true, subtree: true, attributes });
  onAbort(signal, () => observer.disconnect());
  changed();
}
