import { processSettings } from '../../../serve/config/process-settings.js';
import { readSetting } from '../../../serve/config/read-setting.js';
import { SettingSources, type Variables } from '../../../serve/config/setting-sources.js';
import { UsageError } from '../../usage-error.js';

/**
 * Reads the secrets that sign the calls to the shop, as `pay-checkout serve` does. They are no arguments, which other users of the machine
 * can see in the list of its processes.
 *
 * @throws {UsageError}
 */
export function readBackendSecrets(variables: Variables): readonly string[] {
  const setting = processSettings.find(({ path }) => path === 'backendSecret');
  if (!setting) throw new Error('`serve` has no setting `backendSecret`.');
  const problems: string[] = [];
  // The JSON file of `serve` holds no secrets, but it may name their files.
  const secrets = readSetting(new SettingSources(variables, {}), setting, problems);
  if (problems.length > 0) throw new UsageError(`--backend signs its calls. ${problems.join(' ')}`);
  return secrets as readonly string[];
}
