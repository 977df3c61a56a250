import { readConfig } from '../../src/serve/config/read-config.js';
import { createLogger } from '../../src/serve/monitoring/logger.js';
import { Monitor } from '../../src/serve/monitoring/monitor.js';
import { readStandIns } from '../../src/serve/stand-ins.js';
import { startProcess, type ServeProcess } from '../../src/serve/start-process.js';
import type { Sample } from './samples.js';
import { readSettings, type Shop } from './run-shop.js';

/** Reads the settings of a sample's `.env.example` for `serve`. Only the ports differ. */
export function readServeConfig(sample: Sample, shop: Pick<Shop, 'url'>, standIns: string) {
  const { PAY_ORIGINS: documented = '', ...settings } = readSettings(sample.name);
  const here = Object.entries(settings).map(([name, value]) => [name, value?.replace(documented, shop.url)]);
  const variables = { ...Object.fromEntries(here), PAY_ORIGINS: shop.url, PAY_STAND_INS: standIns, PORT: '0' } as NodeJS.ProcessEnv;
  return readConfig({ variables }, readStandIns);
}

/** Starts `serve` beside a shop, in this process, with the settings of its `.env.example`. */
export async function startServe(sample: Sample, shop: Pick<Shop, 'url'>, standIns: string): Promise<ServeProcess> {
  const config = await readServeConfig(sample, shop, standIns);
  return startProcess(config, new Monitor(createLogger('error', { write: () => undefined })));
}
