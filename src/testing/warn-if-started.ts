import { warnOnce } from '../state/console.js';

/** The element of any copy of the package. */
interface StartedElement extends HTMLElement {
  readonly provider?: string;
  readonly state?: { readonly error?: { readonly reason?: string } };
}

/** Warns if an element of one of these providers has already started, because it keeps the provider that it started with. */
export function warnIfStarted(providers: readonly string[]): void {
  if (!findStarted(document).some(({ provider = '' }) => providers.includes(provider))) return;
  warnOnce(
    'late-stand-ins',
    '`useStandIns()` was called after a `<pay-checkout>` had started. That element keeps its provider, which is usually the real one. ' +
      'Call `useStandIns()` first: set `loading="manual"` on the tag, or add the tag afterwards.',
  );
}

/**
 * Finds the started elements by their attribute, because an element of another copy shares nothing else with this one. Closed shadow
 * roots cannot be searched.
 */
function findStarted(root: ParentNode): StartedElement[] {
  const started = [...root.querySelectorAll<StartedElement>('pay-checkout[status]:defined:not([status="idle"])')];
  const nested = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? findStarted(shadowRoot) : []));
  // An element without a provider starts as soon as there is one.
  return [...started.filter(({ state }) => state?.error?.reason !== 'unknown-provider'), ...nested];
}
