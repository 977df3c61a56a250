import { isRecord } from '../../../shared/schema.js';
import {
  looseObject,
  object,
  enumOf,
  optional,
  refine,
  lazySchema,
  string,
  custom,
  transform,
  unknown,
  type Infer,
  type Shape,
} from '../../../shared/zod-schemas.js';
import { loadFormats } from './format-price.js';
import { formFields, forms, modes, type PayrocField, type PayrocForm } from '../contract.js';

/** The library's options of one field. The targets are CSS selectors of elements on the merchant's page. */
export interface FieldOptions {
  readonly target: string;
  readonly errorTarget?: string;
  readonly placeholder?: string;
  /** The element that the library hides with the field, or `false`. Only the CVV has it. */
  readonly wrapperTarget?: string | false;
  /** The text on the button. */
  readonly value?: string;
}

export type Fields = Readonly<Record<string, FieldOptions>>;

const selector = () => custom<string>(isSelector, 'should be a CSS selector');

function isSelector(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function hasOnlyKeys(keys: readonly string[], message: string) {
  return refine<object>((value) => Object.keys(value).every((key) => keys.includes(key)), message);
}

/**
 * Accepts only the documented keys. For an unknown field the library injects an iframe that never becomes ready, so the whole form
 * stays invisible. It never injects a button that has a placeholder (*both measured on 1.7.0*).
 */
function createFieldSchema(field: PayrocField) {
  const extra = { submit: ['value'], accountType: [], cvv: ['placeholder', 'wrapperTarget'] } as Record<string, string[]>;
  const keys = ['target', 'errorTarget', ...(extra[field] ?? ['placeholder'])];
  return looseObject(
    {
      target: selector(),
      errorTarget: optional(selector()),
      placeholder: optional(string()),
      value: optional(string()),
      wrapperTarget: optional(custom<string | false>((one) => one === false || isSelector(one), 'should be a CSS selector or false')),
    },
    hasOnlyKeys(keys, `should have a target, and no keys but ${keys.join(', ')}`),
  );
}

function createFormSchema(form: PayrocForm): Shape<Fields | undefined> {
  const fields: readonly PayrocField[] = formFields[form];
  const shape = Object.fromEntries(fields.map((field) => [field, createFieldSchema(field)]));
  return optional(looseObject(shape, hasOnlyKeys(fields, `should have exactly the fields ${fields.join(', ')}`)));
}

const config = lazySchema(() => {
  loadFormats();
  return object({
    mode: optional(enumOf(modes)),
    form: optional(enumOf(forms)),
    fields: optional(
      looseObject(
        { card: createFormSchema('card'), ach: createFormSchema('ach'), pad: createFormSchema('pad') },
        refine(hasOneForm, `should have one of ${forms.join(', ')}`),
      ),
    ),
    styles: optional(
      looseObject({
        css: optional(
          custom<Css>((css) => isRecord(css) && Object.values(css).every(isStringRecord), 'should be selectors with properties'),
        ),
      }),
    ),
    // The button shows the price. One that cannot be read must not cost the form.
    amount: optional(unknown()),
    currency: optional(unknown()),
    labels: optional(custom<Record<string, string>>(isStringRecord, 'should be texts')),
    locale: optional(string()),
    onPreSubmit: optional(custom<() => unknown>((one) => typeof one === 'function', 'should be a function')),
  });
});

/** The config that the form needs to open, merged from the page and the endpoint. Payroc's own JSON has no mode. */
export const payrocConfig = transform(config, ({ mode = 'payment', ...rest }) => ({ mode, ...rest }));

function hasOneForm(fields: Partial<Record<PayrocForm, unknown>>): boolean {
  return forms.some((form) => fields[form]) && Object.values(fields).filter(Boolean).length === 1;
}

type Css = Record<string, Record<string, string>>;

function isStringRecord(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

export type PayrocConfig = Infer<typeof payrocConfig>;
