import { isRecord, joinAlternatives } from '../shared/schema.js';

/** `wrong`: documented or measured. `warning`: the sources differ, or nobody has published the rule. */
export type Certainty = 'wrong' | 'warning';

/** A rule for a value of `config`. */
export interface FormRule {
  /** Continues the sentence that begins with the path and *should*: *be 6 to 12 digits*. */
  readonly should: string;
  readonly certainty: Certainty;
  test(value: unknown): boolean;
}

/** A field of `config`, as the provider's form names and reads it. */
export interface FormField {
  /** The level of the finding if the field is missing. Without it, the field is optional. */
  readonly missing?: Certainty;
  /** The first rule that fails is reported. */
  readonly rules: readonly FormRule[];
  /** The fields of an object. An object without them may have any key. */
  readonly fields?: FormFields;
  /** The items of a list. */
  readonly items?: FormField;
}

export type FormFields = Readonly<Record<string, FormField>>;

/** What the form of one provider needs. `pay-checkout check` compares it with a merchant's `config`; pages do not load it. */
export interface ProviderForm {
  readonly config: FormField;
  /** What becomes of a key that is not listed. Continues the sentence that begins with its path. */
  readonly unknownKey: string;
  /** What the provider needs of the merchant's order. */
  readonly order: { readonly needsBuyer?: boolean; readonly currencies?: readonly string[] };
  /** The keys of `config` that are named like a credential, although they are made for pages. */
  readonly pageKeys?: readonly string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A rule that certainly holds. */
export function rule(should: string, test: (value: unknown) => boolean): FormRule {
  return { should, certainty: 'wrong', test };
}

/** A rule about which the sources differ. */
export function unsure(one: FormRule): FormRule {
  return { ...one, certainty: 'warning' };
}

/** A rule for text, and for a number as its text. */
export function matching(pattern: RegExp, should: string): FormRule {
  return rule(should, (value) => pattern.test(String(value)));
}

export function oneOf(values: readonly string[]): FormRule {
  return rule(`be ${joinAlternatives(values)}`, (value) => values.includes(String(value)));
}

export function lengthOf(min: number, max: number): FormRule {
  return rule(`have ${min} to ${max} characters`, (value) => String(value).length >= min && String(value).length <= max);
}

/** Text. A value of another type is reported in the words of the first rule, if it names what the text is. */
export function text(...rules: FormRule[]): FormField {
  return { rules: [rule(nameType(rules), isText), ...rules] };
}

/** Text that may also be a number. */
export function textOrNumber(...rules: FormRule[]): FormField {
  return { rules: [rule(nameType(rules), (value) => isText(value) || Number.isFinite(value)), ...rules] };
}

function nameType([first]: readonly FormRule[]): string {
  return first?.should.startsWith('be ') ? first.should : 'be text';
}

export function flag(): FormField {
  return { rules: [rule('be true or false', (value) => typeof value === 'boolean')] };
}

/** An object with these fields. */
export function group(fields: FormFields, ...rules: FormRule[]): FormField {
  return { ...openGroup(...rules), fields };
}

/** An object with any keys. */
export function openGroup(...rules: FormRule[]): FormField {
  return { rules: [rule('be an object', isRecord), ...rules] };
}

export function listOf(items: FormField): FormField {
  return { rules: [rule('be a list', Array.isArray)], items };
}

/** A value of any type. */
export function anything(...rules: FormRule[]): FormField {
  return { rules };
}

export function required(field: FormField): FormField {
  return { ...field, missing: 'wrong' };
}

/** A field that some sources require. */
export function expected(field: FormField): FormField {
  return { ...field, missing: 'warning' };
}
