import type { FormField, FormFields, ProviderForm } from '../../providers/form-fields.js';
import { describeKind, isRecord } from '../../shared/schema.js';
import { warning, wrong, type Finding } from './finding.js';
import { formatKey } from './format.js';
import { suggestName } from './suggest-name.js';

const findings = { wrong, warning };

/** Compares a `config` with what the provider's form needs. The findings name paths and never quote a value. */
export function findFormProblems({ config: field, unknownKey }: ProviderForm, config: object): Finding[] {
  return findFieldProblems(field, config, { check: 'config', path: 'config', unknownKey });
}

/** What the findings about a value say. */
export interface Place {
  /** The name of the check. */
  readonly check: string;
  readonly path: string;
  /** Continues the sentence about a key that is not listed. */
  readonly unknownKey: string;
}

/** Compares a value with the description of its field, and its keys with the names of the fields in it. */
export function findFieldProblems({ missing, rules, fields, items }: FormField, value: unknown, place: Place): Finding[] {
  if (value === undefined && missing === undefined) return [];
  const failed = rules.findIndex(({ test }) => !test(value));
  const rule = rules[failed];
  if (rule) {
    const level = value === undefined ? missing : undefined;
    const found = describeFound(value, failed === 0);
    return [findings[level ?? rule.certainty](place.check, `\`${place.path}\` should ${rule.should}, but was ${found}.`)];
  }
  if (items) return (value as unknown[]).flatMap((item, index) => findFieldProblems(items, item, enter(place, String(index))));
  return fields && isRecord(value) ? checkKeys(fields, value, place) : [];
}

function checkKeys(fields: FormFields, value: Record<string, unknown>, place: Place): Finding[] {
  const absent = Object.keys(fields).filter((name) => value[name] === undefined);
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key) && value[key] !== undefined);
  const meant = new Map(unknown.map((key) => [key, suggestName(key, absent)]));
  const misspelled = new Map([...meant].map(([key, suggestion]) => [suggestion?.name, key]));
  const found = unknown.map((key) => {
    const suggestion = meant.get(key);
    const { path } = enter(place, key);
    if (!suggestion) return warning(place.check, `\`${path}\` ${place.unknownKey}.`);
    const { name, isCertain } = suggestion;
    const find = isCertain || fields[name]?.missing ? wrong : warning;
    return find(place.check, `\`${path}\` should ${isCertain ? '' : 'probably '}be \`${name}\`.`);
  });
  // The value of a misspelled key is checked, too, so that one run finds all mistakes.
  const inner = Object.entries(fields).flatMap(([name, field]) => {
    const key = misspelled.get(name) ?? name;
    return findFieldProblems(field, value[key], enter(place, key));
  });
  return [...found, ...inner];
}

function enter(place: Place, key: string): Place {
  return { ...place, path: `${place.path}.${formatKey(key)}` };
}

/** @param isWrongType whether the value has another type than expected: *a number*; otherwise *a different string* */
function describeFound(value: unknown, isWrongType: boolean): string {
  if (isRecord(value)) return 'an object';
  return isWrongType ? describeKind(value).replace('a different', 'a') : describeKind(value);
}
