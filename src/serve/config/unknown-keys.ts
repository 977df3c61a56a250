import { isRecord } from '../../shared/schema.js';
import { processSettings } from './process-settings.js';
import { listProviderSettings } from './provider-setting-list.js';
import { providerTable } from './provider-table.js';

/** Returns a sentence for each key of the JSON file that is no setting, because it may be a misspelled one. */
export function findUnknownKeys(json: Readonly<Record<string, unknown>>): string[] {
  const known = new Set(listPaths());
  return listKeys(json, '')
    .filter((path) => !known.has(path))
    .map((path) =>
      isGroup(path)
        ? `\`${path}\` in the JSON file should be an object.`
        : `\`${path}\` in the JSON file is no setting. See the list of settings in docs/serve.md.`,
    );
}

function isGroup(path: string): boolean {
  const [first, name, ...others] = path.split('.');
  return first === 'providers' && others.length === 0 && (name === undefined || Object.hasOwn(providerTable, name));
}

function listPaths(): string[] {
  const ofProviders = Object.entries(providerTable).flatMap(([name, table]) => Object.values(listProviderSettings(name, table)));
  return [...processSettings, ...ofProviders].flatMap(({ path }) => [path, `${path}File`]);
}

/** Lists the keys of the file and of each provider's object in it. */
function listKeys(value: Readonly<Record<string, unknown>>, prefix: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = `${prefix}${key}`;
    return isGroup(path) && isRecord(inner) ? listKeys(inner, `${path}.`) : [path];
  });
}
