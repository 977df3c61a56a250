import * as z from 'zod/mini';
import { formFields, forms, modes, type PayrocField, type PayrocForm } from './contract.js';

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

const selector = () => z.string().check(z.minLength(1, 'should be a CSS selector'));

/**
 * Exactly the documented keys: the library injects an iframe for an unknown one, which never gets ready, so that the whole form
 * stays invisible; and never injects a button that has a placeholder (*both measured on 1.7.0*).
 */
function placeOf(field: PayrocField) {
  const text = { placeholder: z.optional(z.string()) };
  const extra = {
    submit: { value: z.optional(z.string()) },
    accountType: {},
    // Required by the library, as a selector or as `false`.
    cvv: { ...text, wrapperTarget: z._default(z.union([selector(), z.literal(false)]), false) },
  };
  const own = field in extra ? extra[field as keyof typeof extra] : text;
  const keys = ['target', 'errorTarget', ...Object.keys(own)].join(', ');
  return z.strictObject(
    { target: selector(), errorTarget: z.optional(selector()), ...own },
    `should have a target, and no keys but ${keys}`,
  );
}

function placesOf(form: PayrocForm) {
  const fields = formFields[form].map((field) => [field, placeOf(field)]);
  const shape = Object.fromEntries(fields) as Record<string, z.ZodMiniType<Place>>;
  return z.optional(z.strictObject(shape, `should have exactly the fields ${formFields[form].join(', ')}`));
}

/** What the page and the endpoint together must give for the form to open. */
export const payrocConfig = z.lazy(() =>
  z.object({
    mode: z.enum(modes),
    form: z.optional(z.enum(forms)),
    fields: z.optional(
      z
        .strictObject({ card: placesOf('card'), ach: placesOf('ach'), pad: placesOf('pad') }, `should have one of ${forms.join(', ')}`)
        .check(z.refine((fields) => Object.values(fields).filter(Boolean).length === 1, `should have one of ${forms.join(', ')}`)),
    ),
    styles: z.optional(z.looseObject({ css: z.optional(z.record(z.string(), z.record(z.string(), z.string()))) })),
    labels: z.optional(z.record(z.string(), z.string())),
    locale: z.optional(z.string()),
    onPreSubmit: z.optional(z.custom<() => unknown>((value) => typeof value === 'function', 'should be a function')),
  }),
);

export type PayrocConfig = z.infer<typeof payrocConfig>;
