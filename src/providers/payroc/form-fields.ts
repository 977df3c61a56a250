import {
  anything,
  flag,
  group,
  matching,
  oneOf,
  openGroup,
  required,
  rule,
  text,
  unsure,
  type FormField,
  type ProviderForm,
} from '../form-fields.js';
import { formFields, forms, modes, type PayrocForm } from './contract.js';

/** The options of one field (documentation, "Create a payment form"). */
const fieldOptions = (): FormField =>
  required(group({ target: required(text()), errorTarget: text(), placeholder: text(), value: text(), wrapperTarget: anything() }));

const fieldsOf = (form: PayrocForm): FormField => group(Object.fromEntries(formFields[form].map((name) => [name, fieldOptions()])));

/** The options that the element takes for Payroc's form. It passes those of the library on. */
export const payrocForm: ProviderForm = {
  config: group({
    mode: text(oneOf(modes)),
    form: text(oneOf(forms)),
    fields: group(Object.fromEntries(forms.map((form) => [form, fieldsOf(form)]))),
    styles: group({ disableDefaultStyles: flag(), css: openGroup() }),
    amount: anything(unsure(rule('be an integer of minor units, for the price on the button', (value) => Number.isSafeInteger(value)))),
    currency: anything(unsure(matching(/^[A-Z]{3}$/, 'be the three capital letters of ISO 4217, for the price on the button'))),
    labels: openGroup(),
    locale: text(),
    onPreSubmit: anything(),
  }),
  unknownKey: 'is no option of the form, so it has no effect',
  order: {},
};
