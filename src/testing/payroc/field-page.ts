import { adoptStyles, createElementMaker, type MakeElement } from '../dom.js';
import { postFromFrame } from '../post-from-frame.js';
import { selectFieldTexts, findFieldKind, type FieldTexts, type FieldKind } from './field-kinds.js';
import { cssText, defaultCss } from './field-styles.js';
import type { GatewayClient } from './gateway-client.js';
import type { Css, FieldOptions, Message } from './types.js';

/** What stands in one iframe. The real one's page comes from the gateway; this one is drawn from outside, in a document of the same origin. */
export interface FieldPageOptions {
  readonly frame: HTMLIFrameElement;
  readonly field: string;
  readonly options: FieldOptions;
  readonly locale?: string;
  readonly client: GatewayClient;
}

/** A control, as the messages of the page reach it. */
interface Control {
  readonly root: HTMLElement;
  disable(disabled: boolean): void;
  /** Says whether the value is right, and sends it to the gateway if it is new. */
  validate(): void;
}

type Tell = (id: string, payload?: Readonly<Record<string, unknown>>) => void;

/** Draws the field, and answers the page's messages from then on. A key that is no field draws nothing. */
export function openFieldPage(page: FieldPageOptions): void {
  const { frame, field } = page;
  const { contentDocument: inner, contentWindow: view } = frame;
  if (!inner || !view) return;
  const tell: Tell = (id, payload = {}) => {
    const message: Message = { id: `payroc:${id}`, payload: { field, ...payload } };
    // Posted messages come when the sender is done.
    if (frame.isConnected) queueMicrotask(() => postFromFrame(frame, message));
  };
  const control = createControl(page, tell);
  if (control) inner.body.replaceChildren(inner.adoptNode(control.root));
  view.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (control) hear(data, control, { inner, tell });
  });
  tell('field-connected');
}

function hear({ id, payload }: Message, control: Control, { inner, tell }: { inner: Document; tell: Tell }): void {
  if (id === 'payroc:apply-styles') {
    applyStyles(inner, payload);
    const { width, height } = control.root.getBoundingClientRect();
    tell('field-ready', { width: Math.round(width), height: Math.round(height) });
  }
  if (id === 'payroc:submit-initiated') control.disable(true);
  if (id === 'payroc:submit-cancelled') control.disable(false);
  if (id === 'payroc:perform-validation') control.validate();
}

function applyStyles(inner: Document, { disableDefaultStyles, css = {} }: { disableDefaultStyles?: boolean; css?: Css }): void {
  adoptStyles(inner, `${disableDefaultStyles ? '' : cssText(defaultCss)}\n${cssText(css)}`);
}

function createControl(page: FieldPageOptions, tell: Tell): Control | undefined {
  const make = createElementMaker((name) => name);
  const { field } = page;
  if (field === 'submit') return button(make, page, tell);
  const value = valueControl(page, tell);
  if (field === 'accountType') return radios(make, value, selectFieldTexts(page.locale));
  const kind = findFieldKind(field);
  return kind && textInput(make, kind, page.options, value);
}

/** The button takes itself out of use, and stays so after a success: there is no way back (*measured on 1.7.0*). */
function button(make: MakeElement, { options }: FieldPageOptions, tell: Tell): Control {
  const spinner = make('span', 'loading-svg', {}, '…');
  const text = make('span', 'button-text', {}, options.value ?? 'Pay Now');
  const root = make('button', '', { type: 'submit' }, text, spinner);
  const disable = (disabled: boolean) => {
    root.disabled = disabled;
    root.classList.toggle('loading', disabled);
  };
  root.addEventListener('click', () => {
    disable(true);
    tell('submit-initiated');
  });
  return { root, disable, validate: () => tell('field-valid') };
}

interface ValueControl {
  check(value: string, error: keyof FieldTexts | undefined): string | undefined;
}

/** Tells whether a value is right when that changes, and posts each new value that is. */
function valueControl({ field, locale, client }: FieldPageOptions, tell: Tell): ValueControl {
  let posted: string | undefined;
  const send = async (value: string) => {
    tell('field-submitting');
    try {
      const { surcharging } = await client.field(field, value);
      if (field === 'cardNumber') tell('surcharge-info', { surcharging });
      tell('field-submitted');
    } catch (error) {
      posted = undefined;
      tell('error', { type: 'field', message: (error as Error).message });
    }
  };
  return {
    check(value, error) {
      const validationError = error && selectFieldTexts(locale)[error];
      tell(error ? 'field-invalid' : 'field-valid', { validationError });
      if (!error && value !== posted) {
        posted = value;
        void send(value);
      }
      return validationError;
    },
  };
}

function textInput(make: MakeElement, kind: FieldKind, { placeholder }: FieldOptions, { check }: ValueControl): Control {
  const input = make('input', '', { ...kind.attributes, placeholder });
  const validate = () => void input.classList.toggle('invalid', Boolean(check(input.value, kind.findError(input.value))));
  input.addEventListener('input', () => {
    if (kind.format) input.value = kind.format(input.value);
  });
  input.addEventListener('change', validate);
  return { root: form(make, input), disable: (disabled) => (input.disabled = disabled), validate };
}

/** Goes nowhere at the press of Enter. */
function form(make: MakeElement, ...children: HTMLElement[]): HTMLFormElement {
  const root = make('form', '', {}, ...children);
  root.addEventListener('submit', (event) => event.preventDefault());
  return root;
}

function radios(make: MakeElement, { check }: ValueControl, texts: FieldTexts): Control {
  const inputs = (['checking', 'savings'] as const).map((value) => {
    const input = make('input', '', { type: 'radio', name: 'accountType', value });
    return { input, label: make('label', '', {}, input, texts[value]) };
  });
  const validate = () => {
    const value = inputs.find(({ input }) => input.checked)?.input.value ?? '';
    check(value, value ? undefined : 'required');
  };
  const root = form(make, ...inputs.map(({ label }) => label));
  root.addEventListener('change', validate);
  const disable = (disabled: boolean) => inputs.forEach(({ input }) => (input.disabled = disabled));
  return { root, disable, validate };
}
