import { readConfig } from '../../src/serve/config/read-config.js';
import { createLogger } from '../../src/serve/monitoring/logger.js';
import { Monitor } from '../../src/serve/monitoring/monitor.js';
import { readStandIns } from '../../src/serve/stand-ins.js';
import { startProcess, type ServeProcess } from '../../src/serve/start-process.js';
import { backendSecret } from './run-shop.js';

/** Starts `serve` beside a shop, in this process, with the settings that the samples document. */
export async function startServe(shop: string, standIns: string): Promise<ServeProcess> {
  const variables = {
    PAY_ENVIRONMENT: 'sandbox',
    PAY_BACKEND_SECRET: backendSecret,
    PAY_STAND_INS: standIns,
    PAY_ORDER_URL: `${shop}/pay/order`,
    PAY_OUTCOME_URL: `${shop}/pay/outcome`,
    PAY_ORIGINS: shop,
    // Tokens then name an address for notifications.
    PAY_PUBLIC_URL: 'https://shop.example.com',
    PORT: '0',
  };
  const config = await readConfig({ variables }, readStandIns);
  return startProcess(config, new Monitor(createLogger('error', { write: () => undefined })));
}
