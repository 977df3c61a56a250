import { parse, ShapeError } from '../../shared/schema.js';
import { SourceError, type FoundValue, type SettingSources } from './setting-sources.js';
import type { Setting } from './setting.js';

/**
 * Reads and validates one setting.
 *
 * @param problems receives a sentence if the setting is missing or wrong
 */
export function readSetting(sources: SettingSources, setting: Setting, problems: string[]): unknown {
  let found: FoundValue | undefined;
  try {
    found = sources.find(setting);
    return parse(setting.schema, found?.value, found?.name ?? setting.variable);
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof ShapeError)) throw error;
    const isMissing = error instanceof ShapeError && !found;
    problems.push(isMissing ? describeMissing(setting) : describeMistake(error, found));
    return undefined;
  }
}

/** Names the place of the value, and that of the item in a list: *PAY_BACKEND_SECRET_2 should have …* */
function describeMistake({ message }: Error, found: FoundValue | undefined): string {
  const nameItem = (index: number) => found?.itemNames?.[index] ?? `${found?.name}: value ${index + 1}`;
  return message.replace(': it should', ' should').replace(/^.+?: `(\d+)` should/, (_, index) => `${nameItem(Number(index))} should`);
}

export function describeMissing({ variable, path, isSecret }: Setting): string {
  if (isSecret) return `${variable} is missing. Set it, or name a file with its value in ${variable}_FILE.`;
  return `${variable} is missing. Set it, or \`${path}\` in the JSON file.`;
}
