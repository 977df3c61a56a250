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
  type Infer,
  type Shape,
} from '../../../shared/zod-schemas.js';
import { formFields, forms, modes, type PayrocField, type PayrocForm } from '../contract.js';

/** A field's place on the merchant's page, by CSS selectors. */
export interface Place {
  readonly target: string;
  readonly errorTarget?: string;
  readonly placeholder?: string;
  /** What the library hides with the field, or `false`. The CVV alone has it. */
  readonly wrapperTarget?: string | false;
  /** What is written on the button. */
  readonly value?: string;
}

export type Places = Readonly<Record<string, Place>>;

const selector = () => custom<string>(isSelector, 'should be a CSS selector');

function isSelector(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Exactly the documented keys, or a subset of them. */
function only(keys: readonly string[], words: string) {
  return refine<object>((value) => Object.keys(value).every((key) => keys.includes(key)), words);
}

/**
 * Exactly the documented keys: the library injects an iframe for an unknown one, which never gets ready, so that the whole form
 * stays invisible; and never injects a button that has a placeholder (*both measured on 1.7.0*).
 */
function placeOf(field: PayrocField) {
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
    only(keys, `should have a target, and no keys but ${keys.join(', ')}`),
  );
}

function placesOf(form: PayrocForm): Shape<Places | undefined> {
  const fields: readonly PayrocField[] = formFields[form];
  const shape = Object.fromEntries(fields.map((field) => [field, placeOf(field)]));
  return optional(looseObject(shape, only(fields, `should have exactly the fields ${fields.join(', ')}`)));
}

/** What the page and the endpoint together must give for the form to open. */
export const payrocConfig = lazySchema(() =>
  object({
    mode: enumOf(modes),
    form: optional(enumOf(forms)),
    fields: optional(
      looseObject(
        { card: placesOf('card'), ach: placesOf('ach'), pad: placesOf('pad') },
        refine(isOneForm, `should have one of ${forms.join(', ')}`),
      ),
    ),
    styles: optional(
      looseObject({
        css: optional(custom<Css>((css) => isRecord(css) && Object.values(css).every(isTexts), 'should be selectors with properties')),
      }),
    ),
    labels: optional(custom<Record<string, string>>(isTexts, 'should be texts')),
    locale: optional(string()),
    onPreSubmit: optional(custom<() => unknown>((one) => typeof one === 'function', 'should be a function')),
  }),
);

function isOneForm(fields: Partial<Record<PayrocForm, unknown>>): boolean {
  return forms.some((form) => fields[form]) && Object.values(fields).filter(Boolean).length === 1;
}

type Css = Record<string, Record<string, string>>;

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

export type PayrocConfig = Infer<typeof payrocConfig>;
