import { CheckoutError } from '../../../state/errors.js';
import { onAbort } from '../../../shared/signals.js';
import type { Place, Places } from './config.js';
import { newId, type Layout } from './layout.js';
import { adoptStyles } from './styles.js';

interface PlacesOptions {
  readonly form: string;
  readonly places: Places;
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
}

/**
 * The merchant's own places. Each is given a fresh child, which the library is told of in its stead, and which goes again
 * with the attempt.
 *
 * @throws {CheckoutError} `config` / `provider-config`, for a selector that does not match exactly one element
 */
export function takePlaces({ form, places, container, signal }: PlacesOptions): Layout {
  // All of them are looked up first, so that a wrong one leaves nothing behind.
  const found = Object.entries(places).map(([field, place]) => [field, place, elementsOf(`fields.${form}.${field}`, place)] as const);
  adoptStyles(container, signal);
  const targets = new Map<string, HTMLElement>();
  const fields = found.map(([field, place, { target, errorTarget, wrapperTarget }]): [string, Place] => {
    const child = freshChild(target, field, signal);
    targets.set(field, child);
    const errors = errorTarget && { errorTarget: `#${freshChild(errorTarget, `${field}-error`, signal).id}` };
    // The library hides it with the CVV, and never shows it again.
    if (wrapperTarget) onAbort(signal, () => (wrapperTarget.style.display = ''));
    return [field, { ...(field === 'cvv' && { wrapperTarget: false }), ...place, target: `#${child.id}`, ...errors }];
  });
  return { fields: Object.fromEntries(fields), targets };
}

function elementsOf(path: string, { target, errorTarget, wrapperTarget }: Place) {
  return {
    target: only(`${path}.target`, target),
    errorTarget: errorTarget === undefined ? undefined : only(`${path}.errorTarget`, errorTarget),
    wrapperTarget: wrapperTarget ? only(`${path}.wrapperTarget`, wrapperTarget) : undefined,
  };
}

function only(path: string, selector: string): HTMLElement {
  const found = matches(selector);
  if (found?.length === 1) return found[0] as HTMLElement;
  const count = found ? `matches ${found.length || 'none'}` : 'is no selector';
  throw new CheckoutError(
    'config',
    'provider-config',
    `\`${path}\` should match exactly one element outside of shadow roots, but ${count}.`,
  );
}

function matches(selector: string): NodeListOf<Element> | undefined {
  try {
    return document.querySelectorAll(selector);
  } catch {
    return undefined;
  }
}

function freshChild(parent: Element, name: string, signal: AbortSignal): HTMLElement {
  const child = document.createElement('div');
  child.id = newId(name);
  child.dataset.payCheckoutPayroc = '';
  parent.append(child);
  onAbort(signal, () => child.remove());
  return child;
}
