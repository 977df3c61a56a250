import { formFields, type PayrocForm } from '../../providers/payroc/contract.js';
import type { FieldOptions, HostedFieldsError, HostedFieldsOptions } from './types.js';

/** The names of the fields in the library's messages. For a field without a name, the message is `undefined` (*measured on 1.7.0*). */
const names: Readonly<Record<string, string>> = { cardNumber: 'card number', cardholderName: 'cardholder name', cvv: 'card CVV' };

const required: Readonly<Record<string, string>> = {
  cardNumber: 'A card number field is required for card forms.',
  cardholderName: 'A card holder name field is required for card forms.',
  cvv: 'A card CVV field is required for card forms.',
};

const createError = (message?: string, field?: string): HostedFieldsError => ({ type: 'config', field, message });

/**
 * Finds the errors that the constructor detects and `initialize()` reports.
 *
 * @throws {TypeError} without fields (*measured on 1.7.0*)
 * @throws {SyntaxError} for a target that is an element, because the library converts it to a string (*measured on 1.7.0*)
 */
export function findOptionErrors({ sessionToken, mode, fields, styles }: HostedFieldsOptions): HostedFieldsError[] {
  const errors: HostedFieldsError[] = [];
  if (typeof sessionToken !== 'string' || !sessionToken)
    errors.push(createError('An authentication token is required to use hosted fields.'));
  if (mode !== 'payment' && mode !== 'tokenization') errors.push(createError("The mode should be either 'payment' or 'tokenization'."));
  if (styles && Object.keys(styles).length === 0) errors.push(createError());
  const forms = Object.keys(fields).filter((name): name is PayrocForm => Object.hasOwn(formFields, name));
  const [form] = forms;
  if (!form) return [...errors, createError('Card, ACH or PAD fields are required for hosted fields.')];
  if (forms.length > 1) errors.push(createError('Only one of Card, ACH or PAD fields should be supplied for hosted fields.'));
  return [...errors, ...formFields[form].flatMap((name) => findFieldErrors(name, fields[form]?.[name]))];
}

/** The library checks only the fields that the form requires and ignores all others (*read in 1.7.0*). */
function findFieldErrors(name: string, field: FieldOptions | undefined): HostedFieldsError[] {
  if (!field) return [createError(required[name], name)];
  const errors = [...findTargetErrors(name, field.target)];
  if (field.errorTarget !== undefined) errors.push(...findTargetErrors(`${name} error`, field.errorTarget));
  if (name !== 'cvv') return errors;
  if (field.wrapperTarget === undefined) {
    errors.push(createError('CVV wrapper is required for card forms. If you do not have a wrapper, please provide false.', name));
  } else if (field.wrapperTarget !== false) errors.push(...findTargetErrors('CVV wrapper', field.wrapperTarget));
  return errors;
}

/** The error's `field` is then the selector, not the name (*measured on 1.7.0*). Elements in a shadow root are not found. */
function findTargetErrors(name: string, selector: string): HostedFieldsError[] {
  if (document.querySelectorAll(selector).length === 1) return [];
  const known = names[name] ?? (name.includes(' ') ? name : undefined);
  const message = known && `The target selector supplied for ${known} either occurs more than once or does not exist on the page.`;
  return [createError(message, selector)];
}
