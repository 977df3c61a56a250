import { formFields, type PayrocForm } from '../../providers/payroc/contract.js';
import type { FieldOptions, HostedFieldsError, HostedFieldsOptions } from './types.js';

/** The names that the library's messages have for the fields; those that it lacks give a message of `undefined` (*measured on 1.7.0*). */
const names: Readonly<Record<string, string>> = { cardNumber: 'card number', cardholderName: 'cardholder name', cvv: 'card CVV' };

const required: Readonly<Record<string, string>> = {
  cardNumber: 'A card number field is required for card forms.',
  cardholderName: 'A card holder name field is required for card forms.',
  cvv: 'A card CVV field is required for card forms.',
};

const config = (message?: string, field?: string): HostedFieldsError => ({ type: 'config', field, message });

/**
 * What the constructor finds wrong; it is told when `initialize()` begins.
 *
 * @throws {TypeError} without fields
 * @throws {SyntaxError} for a target that is an element: it is made a string (*both measured on 1.7.0*)
 */
export function findOptionErrors({ sessionToken, mode, fields, styles }: HostedFieldsOptions): HostedFieldsError[] {
  const faults: HostedFieldsError[] = [];
  if (typeof sessionToken !== 'string' || !sessionToken) faults.push(config('An authentication token is required to use hosted fields.'));
  if (mode !== 'payment' && mode !== 'tokenization') faults.push(config("The mode should be either 'payment' or 'tokenization'."));
  if (styles && Object.keys(styles).length === 0) faults.push(config());
  const forms = Object.keys(fields).filter((name): name is PayrocForm => Object.hasOwn(formFields, name));
  const [form] = forms;
  if (!form) return [...faults, config('Card, ACH or PAD fields are required for hosted fields.')];
  if (forms.length > 1) faults.push(config('Only one of Card, ACH or PAD fields should be supplied for hosted fields.'));
  return [...faults, ...formFields[form].flatMap((name) => faultsOf(name, fields[form]?.[name]))];
}

/** Only the keys that the form must have are looked at; what else there is goes unnoticed (*read in 1.7.0*). */
function faultsOf(name: string, field: FieldOptions | undefined): HostedFieldsError[] {
  if (!field) return [config(required[name], name)];
  const faults = [...targetFault(name, field.target)];
  if (field.errorTarget !== undefined) faults.push(...targetFault(`${name} error`, field.errorTarget));
  if (name !== 'cvv') return faults;
  if (field.wrapperTarget === undefined) {
    faults.push(config('CVV wrapper is required for card forms. If you do not have a wrapper, please provide false.', name));
  } else if (field.wrapperTarget !== false) faults.push(...targetFault('CVV wrapper', field.wrapperTarget));
  return faults;
}

/** `field` is the selector then, not the name (*measured on 1.7.0*). Nothing in a shadow root is found. */
function targetFault(name: string, selector: string): HostedFieldsError[] {
  if (document.querySelectorAll(selector).length === 1) return [];
  const known = names[name] ?? (name.includes(' ') ? name : undefined);
  const message = known && `The target selector supplied for ${known} either occurs more than once or does not exist on the page.`;
  return [config(message, selector)];
}
