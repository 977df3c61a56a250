import { onAbort } from '../../../shared/signals.js';
import type { Place, Places } from './config.js';
import { formFields, type PayrocField, type PayrocForm, type PayrocMode } from '../contract.js';
import { adoptStyles, styleFields } from './styles.js';
import type { Labels } from './labels.js';

/** Where a form is drawn, as the library is told it and as we go on to use it. */
export interface Layout {
  readonly fields: Places;
  /** What the library appends its iframes to, by field. */
  readonly targets: ReadonlyMap<string, HTMLElement>;
  readonly css?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Shows what is wrong with a field, or that nothing is; the library does so itself where it was told an `errorTarget`. */
  complain?(field: string, complaint: string): void;
}

export interface LayoutOptions {
  readonly form: PayrocForm;
  readonly mode: PayrocMode;
  readonly labels: Labels;
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
}

/** Never the same twice: a form that was given up injects its fields anew after 30 s, into whatever its selectors match then (*measured on 1.7.0*). */
export function newId(name: string): string {
  return `payroc-${Math.random().toString(36).slice(2)}-${name}`;
}

/** Our own form, in the container. */
export function layOut({ form, mode, labels, container, signal }: LayoutOptions): Layout {
  adoptStyles(container, signal);
  const rows = new Map(formFields[form].map((field) => [field as string, createRow(field, labels)]));
  const root = element('div', 'pay-checkout-payroc', ...[...rows.values()].map(({ row }) => row), note(labels.note));
  root.dataset.payCheckoutPayroc = '';
  container.append(root);
  onAbort(signal, () => container.replaceChildren());
  const targets = new Map([...rows].map(([field, { target }]) => [field, target]));
  const [first, button] = [targets.get(formFields[form][0]) as HTMLElement, targets.get('submit') as HTMLElement];
  return {
    fields: Object.fromEntries(
      [...targets].map(([field, target]) => [field, placeFor(field, target, labels[mode === 'payment' ? 'pay' : 'save'])]),
    ),
    targets,
    css: styleFields(root, first, button),
    complain: (field, complaint) => rows.get(field)?.complain(complaint),
  };
}

function placeFor(field: string, { id }: HTMLElement, value: string): Place {
  const target = `#${id}`;
  if (field === 'submit') return { target, value };
  return field === 'cvv' ? { target, wrapperTarget: false } : { target };
}

function createRow(field: PayrocField, labels: Labels) {
  const target = element('div', 'place');
  target.id = newId(field);
  if (field === 'submit') return { row: mark(element('div', '', target), field), target, complain: () => {} };
  const error = element('span', 'error');
  error.setAttribute('aria-live', 'polite');
  const row = mark(element('div', '', element('span', 'label', labels[field]), target, error), field);
  const complain = (complaint: string) => {
    error.textContent = complaint;
    row.toggleAttribute('data-invalid', complaint !== '');
  };
  return { row, target, complain };
}

function mark(row: HTMLElement, field: string): HTMLElement {
  row.dataset.field = field;
  return row;
}

/** A padlock, and where the details go. */
function note(text: string): HTMLElement {
  const [lock, path] = [
    document.createElementNS('http://www.w3.org/2000/svg', 'svg'),
    document.createElementNS('http://www.w3.org/2000/svg', 'path'),
  ];
  lock.setAttribute('viewBox', '0 0 16 18');
  lock.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', 'M3 8V5a5 5 0 0 1 10 0v3h1v10H2V8zm2 0h6V5a3 3 0 0 0-6 0z');
  lock.append(path);
  return element('p', 'note', lock, text);
}

export function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
