import { onAbort } from '../../../shared/signals.js';
import type { Layout } from './layout.js';

type Targets = Layout['targets'];

/** The places of every form that is open on the page. */
const openForms = new Set<Targets>();

/**
 * Tells whether the message that the library is hearing is from a field of another form. It looks at the origin alone, so each
 * form hears the fields of all: one click on a button would submit every form that is filled in (*read in 1.7.0*).
 */
export function trackMessageSource(targets: Targets, signal: AbortSignal): () => boolean {
  let lastSource: MessageEventSource | null = null;
  openForms.add(targets);
  onAbort(signal, () => openForms.delete(targets));
  // Before the library's own: this one is registered first.
  window.addEventListener('message', ({ source }) => (lastSource = source), { capture: true, signal });
  return () => [...openForms].some((others) => others !== targets && includesSource(others, lastSource));
}

function includesSource(targets: Targets, speaker: MessageEventSource | null): boolean {
  return speaker !== null && [...targets.values()].some((target) => target.querySelector('iframe')?.contentWindow === speaker);
}
