import { onAbort } from '../../../shared/signals.js';
import type { FieldOptions, Fields } from './config.js';
import { formFields, type PayrocField, type PayrocForm } from '../contract.js';
import { adoptStyles, styleFields } from './styles.js';
import type { Labels } from './labels.js';

/** The elements that a form is drawn in. */
export interface Layout {
  /** The options that the library gets. */
  readonly fields: Fields;
  /** The elements that the library appends its iframes to, by field. */
  readonly targets: ReadonlyMap<string, HTMLElement>;
  readonly css?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Shows an error beside a field; an empty text removes it. The library does this itself in a form that the merchant lays out. */
  showError?(field: string, text: string): void;
}

export interface LayoutOptions {
  readonly form: PayrocForm;
  readonly labels: Labels;
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
}

/** Creates an id that is never reused. A form that was given up injects its fields again after 30 s, into whatever its selectors match (*measured on 1.7.0*). */
export function createId(name: string): string {
  return `payroc-${Math.random().toString(36).slice(2)}-${name}`;
}

/** Lays out our own form in the container. */
export function createFormLayout({ form, labels, container, signal }: LayoutOptions): Layout {
  const rows = new Map(formFields[form].map((field) => [field as string, createRow(field, labels)]));
  const targets = new Map([...rows].map(([field, { target }]) => [field, target]));
  const root = createElement(
    'div',
    'pay-checkout-payroc',
    ...[...rows.values()].map(({ row }) => row),
    createElement('p', 'note', labels.note),
  );
  root.dataset.payCheckoutPayroc = '';
  container.append(root);
  adoptStyles(container, [root, ...targets.values()], signal);
  onAbort(signal, () => container.replaceChildren());
  const [first, button] = [targets.get(formFields[form][0]) as HTMLElement, targets.get('submit') as HTMLElement];
  return {
    fields: Object.fromEntries([...targets].map(([field, target]) => [field, createFieldOptions(field, target, labels.submit)])),
    targets,
    css: styleFields(root, first, button),
    showError: (field, text) => rows.get(field)?.showError(text),
  };
}

function createFieldOptions(field: string, { id }: HTMLElement, value: string): FieldOptions {
  const target = `#${id}`;
  if (field === 'submit') return { target, value };
  return field === 'cvv' ? { target, wrapperTarget: false } : { target };
}

function createRow(field: PayrocField, labels: Labels) {
  const target = createElement('div', 'place');
  target.id = createId(field);
  if (field === 'submit') return { row: setField(createElement('div', '', target), field), target, showError: () => {} };
  const error = createElement('span', 'error');
  error.setAttribute('aria-live', 'polite');
  const row = setField(createElement('div', '', createElement('span', 'label', labels[field]), target, error), field);
  const showError = (text: string) => {
    error.textContent = text;
    row.toggleAttribute('data-invalid', text !== '');
  };
  return { row, target, showError };
}

function setField(row: HTMLElement, field: string): HTMLElement {
  row.dataset.field = field;
  return row;
}

export function createElement(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const created = document.createElement(name);
  if (className) created.className = className;
  created.append(...children);
  return created;
}
