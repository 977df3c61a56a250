import { adoptStyles, createElementMaker, type MakeElement } from '../dom.js';
import { postFromFrame } from '../post-from-frame.js';
import { selectFieldTexts, findFieldKind, type FieldTexts, type FieldKind } from './field-kinds.js';
import { createCss, defaultCss } from './field-styles.js';
import type { GatewayClient } from './gateway-client.js';
import type { Css, FieldOptions, Message } from './types.js';

/**
 * The page in one iframe. The real page is loaded from the gateway. The stand-in's page is drawn by the parent page, in a document
 * of the same origin.
 */
export interface FieldPageOptions {
  readonly frame: HTMLIFrameElement;
  readonly field: string;
  readonly options: FieldOptions;
  readonly locale?: string;
  readonly client: GatewayClient;
}

/** A control that the messages of the page act on. */
interface Control {
  readonly root: HTMLElement;
  disable(disabled: boolean): void;
  /** Reports whether the value is valid, and sends a new valid value to the gateway. */
  validate(): void;
}

type Post = (id: string, payload?: Readonly<Record<string, unknown>>) => void;

/** Draws the field and handles the page's messages. An unknown field draws nothing. */
export function openFieldPage(page: FieldPageOptions): void {
  const { frame, field } = page;
  const { contentDocument: inner, contentWindow: view } = frame;
  if (!inner || !view) return;
  const post: Post = (id, payload = {}) => {
    const message: Message = { id: `payroc:${id}`, payload: { field, ...payload } };
    // A posted message arrives after the sender's own code has ended.
    if (frame.isConnected) queueMicrotask(() => postFromFrame(frame, message));
  };
  const control = createControl(page, post);
  if (control) inner.body.replaceChildren(inner.adoptNode(control.root));
  view.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (control) handleMessage(data, control, { inner, post });
  });
  post('field-connected');
}

function handleMessage({ id, payload }: Message, control: Control, { inner, post }: { inner: Document; post: Post }): void {
  if (id === 'payroc:apply-styles') {
    applyStyles(inner, payload);
    const { width, height } = control.root.getBoundingClientRect();
    post('field-ready', { width: Math.round(width), height: Math.round(height) });
  }
  if (id === 'payroc:submit-initiated') control.disable(true);
  if (id === 'payroc:submit-cancelled') control.disable(false);
  if (id === 'payroc:perform-validation') control.validate();
}

function applyStyles(inner: Document, { disableDefaultStyles, css = {} }: { disableDefaultStyles?: boolean; css?: Css }): void {
  adoptStyles(inner, `${disableDefaultStyles ? '' : createCss(defaultCss)}\n${createCss(css)}`);
}

function createControl(page: FieldPageOptions, post: Post): Control | undefined {
  const make = createElementMaker((name) => name);
  const { field } = page;
  if (field === 'submit') return createButton(make, page, post);
  const value = createValueControl(page, post);
  if (field === 'accountType') return createRadios(make, value, selectFieldTexts(page.locale));
  const kind = findFieldKind(field);
  return kind && createTextInput(make, kind, page.options, value);
}

/** The button disables itself on a click, and nothing enables it again after a success (*measured on 1.7.0*). */
function createButton(make: MakeElement, { options }: FieldPageOptions, post: Post): Control {
  const spinner = make('span', 'loading-svg', {}, '…');
  const text = make('span', 'button-text', {}, options.value ?? 'Pay Now');
  const root = make('button', '', { type: 'submit' }, text, spinner);
  const disable = (disabled: boolean) => {
    root.disabled = disabled;
    root.classList.toggle('loading', disabled);
  };
  root.addEventListener('click', () => {
    disable(true);
    post('submit-initiated');
  });
  return { root, disable, validate: () => post('field-valid') };
}

interface ValueControl {
  check(value: string, error: keyof FieldTexts | undefined): string | undefined;
}

/** Reports whether a value is valid, and sends each new valid value to the gateway. */
function createValueControl({ field, locale, client }: FieldPageOptions, post: Post): ValueControl {
  let posted: string | undefined;
  const send = async (value: string) => {
    post('field-submitting');
    try {
      const { surcharging } = await client.sendField(field, value);
      if (field === 'cardNumber') post('surcharge-info', { surcharging });
      post('field-submitted');
    } catch (error) {
      posted = undefined;
      post('error', { type: 'field', message: (error as Error).message });
    }
  };
  return {
    check(value, error) {
      const validationError = error && selectFieldTexts(locale)[error];
      post(error ? 'field-invalid' : 'field-valid', { validationError });
      if (!error && value !== posted) {
        posted = value;
        void send(value);
      }
      return validationError;
    },
  };
}

function createTextInput(make: MakeElement, kind: FieldKind, { placeholder }: FieldOptions, { check }: ValueControl): Control {
  const input = make('input', '', { ...kind.attributes, placeholder });
  const validate = () => void input.classList.toggle('invalid', Boolean(check(input.value, kind.findError(input.value))));
  input.addEventListener('input', () => {
    if (kind.format) input.value = kind.format(input.value);
  });
  input.addEventListener('change', validate);
  return { root: createForm(make, input), disable: (disabled) => (input.disabled = disabled), validate };
}

/** Enter does not submit this form. */
function createForm(make: MakeElement, ...children: HTMLElement[]): HTMLFormElement {
  const root = make('form', '', {}, ...children);
  root.addEventListener('submit', (event) => event.preventDefault());
  return root;
}

function createRadios(make: MakeElement, { check }: ValueControl, texts: FieldTexts): Control {
  const inputs = (['checking', 'savings'] as const).map((value) => {
    const input = make('input', '', { type: 'radio', name: 'accountType', value });
    return { input, label: make('label', '', {}, input, texts[value]) };
  });
  const validate = () => {
    const value = inputs.find(({ input }) => input.checked)?.input.value ?? '';
    check(value, value ? undefined : 'required');
  };
  const root = createForm(make, ...inputs.map(({ label }) => label));
  root.addEventListener('change', validate);
  const disable = (disabled: boolean) => inputs.forEach(({ input }) => (input.disabled = disabled));
  return { root, disable, validate };
}
