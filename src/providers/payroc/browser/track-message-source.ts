import { onAbort } from '../../../shared/signals.js';
import type { Layout } from './layout.js';

type Targets = Layout['targets'];

/** The places of every form that is open on the page. */
const open = new Set<Targets>();

/**
 * Tells whether the message that the library is hearing is from a field of another form. It looks at the origin alone, so each
 * form hears the fields of all: one click on a button would submit every form that is filled in (*read in 1.7.0*).
 */
export function overhearing(targets: Targets, signal: AbortSignal): () => boolean {
  let speaker: MessageEventSource | null = null;
  open.add(targets);
  onAbort(signal, () => open.delete(targets));
  // Before the library's own: this one is registered first.
  window.addEventListener('message', ({ source }) => (speaker = source), { capture: true, signal });
  return () => [...open].some((others) => others !== targets && has(others, speaker));
}

function has(targets: Targets, speaker: MessageEventSource | null): boolean {
  return speaker !== null && [...targets.values()].some((target) => target.querySelector('iframe')?.contentWindow === speaker);
}
