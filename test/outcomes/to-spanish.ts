import { importOfEachProvider } from '../support/provider-files.js';
import { spanish } from './spanish.js';

type Dictionary = Readonly<Record<string, string>>;

const ofProviders = await importOfEachProvider<{ spanish: Dictionary }>('spanish');

/** Each Spanish text by the English one. */
export const dictionary: Dictionary = Object.fromEntries(
  [{ spanish }, ...Object.values(ofProviders)].flatMap((words) => Object.entries(words.spanish)),
);

/**
 * Translates a text of the tables in docs/outcomes.md.
 *
 * @throws {Error} for a text without a translation
 */
export function toSpanish(english: string): string {
  const translated = dictionary[english];
  if (translated !== undefined) return translated;
  const files = '`test/outcomes/spanish.ts`, or to `spanish.ts` of the provider in `test/providers/`';
  throw new Error(`docs/es/outcomes.md has no Spanish text for ${JSON.stringify(english)}. Add it to ${files}.`);
}
