import { onAbort } from '../../../shared/signals.js';
import type { Layout } from './layout.js';

type Targets = Layout['targets'];

/** The targets of each form that is open on the page. */
const openForms = new Set<Targets>();

/**
 * Tracks the source of the last message. Returns a function that reports whether a field of another form sent it.
 *
 * The library checks only the origin of a message, so each form receives the messages of all forms: one click on a pay button would
 * submit every form that is filled in (*read in 1.7.0*).
 */
export function trackMessageSource(targets: Targets, signal: AbortSignal): () => boolean {
  let lastSource: MessageEventSource | null = null;
  openForms.add(targets);
  onAbort(signal, () => openForms.delete(targets));
  // Runs before the library's listener, because it is registered first.
  window.addEventListener('message', ({ source }) => (lastSource = source), { capture: true, signal });
  return () => [...openForms].some((others) => others !== targets && includesSource(others, lastSource));
}

function includesSource(targets: Targets, source: MessageEventSource | null): boolean {
  return source !== null && [...targets.values()].some((target) => target.querySelector('iframe')?.contentWindow === source);
}
