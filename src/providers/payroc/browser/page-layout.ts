import { CheckoutError } from '../../../state/errors.js';
import { onRemoval } from '../../../page/removal.js';
import { onAbort } from '../../../shared/signals.js';
import type { FieldOptions, Fields } from './config.js';
import { createId, type Layout } from './layout.js';
import { adoptStyles } from './styles.js';

interface PageLayoutOptions {
  readonly form: string;
  readonly fields: Fields;
  /** The text on the button, unless the page has its own. */
  readonly button: string;
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
  /** Called when the page removes one of the elements. */
  onRemoved(this: void): void;
}

/** The library's targets that are in use. */
const ownTargets = new WeakSet<Element>();

/**
 * Lays the form out in the merchant's own elements. Each gets a new child, which becomes the library's target and is removed when
 * the signal aborts.
 *
 * @throws {CheckoutError} `config` / `provider-config`, if there is a selector that does not match exactly one element
 */
export function createPageLayout({ form, fields, button, container, signal, onRemoved }: PageLayoutOptions): Layout {
  // All elements are found before the first is changed, so that a wrong selector leaves nothing behind.
  const found = Object.entries(fields).map(([field, options]) => ({
    field,
    options,
    elements: findElements(`fields.${form}.${field}`, options),
  }));
  const targets = new Map<string, HTMLElement>();
  const own = found.map(({ field, options, elements: { target, errorTarget, wrapperTarget } }): [string, FieldOptions] => {
    const child = appendTarget(target, field, signal);
    child.className = container.id;
    targets.set(field, child);
    const errorOptions = errorTarget && { errorTarget: `#${appendTarget(errorTarget, `${field}-error`, signal).id}` };
    // The library hides it with the CVV and never shows it again.
    if (wrapperTarget) onAbort(signal, () => (wrapperTarget.style.display = ''));
    const defaults = { ...(field === 'cvv' && { wrapperTarget: false as const }), ...(field === 'submit' && { value: button }) };
    return [field, { ...defaults, ...options, target: `#${child.id}`, ...errorOptions }];
  });
  adoptStyles(container, [...targets.values()], signal);
  onRemoval([...targets.values()], onRemoved, { signal });
  return { fields: Object.fromEntries(own), targets };
}

function findElements(path: string, { target, errorTarget, wrapperTarget }: FieldOptions) {
  return {
    target: findElement(`${path}.target`, target),
    errorTarget: errorTarget === undefined ? undefined : findElement(`${path}.errorTarget`, errorTarget),
    wrapperTarget: wrapperTarget ? findElement(`${path}.wrapperTarget`, wrapperTarget) : undefined,
  };
}

function findElement(path: string, selector: string): HTMLElement {
  const found = querySelectorAll(selector);
  if (found?.length === 1) return found[0] as HTMLElement;
  const count = found ? `matches ${found.length || 'none'}` : 'is no selector';
  throw new CheckoutError(
    'config',
    'provider-config',
    `\`${path}\` should match exactly one element outside of shadow roots, but ${count}.`,
  );
}

function querySelectorAll(selector: string): NodeListOf<Element> | undefined {
  try {
    return document.querySelectorAll(selector);
  } catch {
    return undefined;
  }
}

function appendTarget(parent: Element, name: string, signal: AbortSignal): HTMLElement {
  // HTML that the page has copied or stored may contain the fields of another form.
  for (const copy of parent.querySelectorAll(':scope > [data-pay-checkout-payroc]')) if (!ownTargets.has(copy)) copy.remove();
  const child = document.createElement('div');
  ownTargets.add(child);
  child.id = createId(name);
  child.dataset.payCheckoutPayroc = '';
  parent.append(child);
  onAbort(signal, () => child.remove());
  return child;
}
