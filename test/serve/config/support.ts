import { providers } from '../../../demo/providers/index.js';
import { ConfigError } from '../../../src/serve/config/config-error.js';
import { readConfig, type ReadStandIns, type ServeConfig } from '../../../src/serve/config/read-config.js';
import type { Variables } from '../../../src/serve/config/setting-sources.js';
import { forEachProvider } from '../../../src/testing/providers.js';

export const secret = 'a-secret-of-the-tests-with-32-characters';

/** The smallest set of variables that works: Payroc needs the fewest. */
export const minimal = {
  PAY_ENVIRONMENT: 'sandbox',
  PAY_ORDER_URL: 'https://shop.example.com/pay/order',
  PAY_OUTCOME_URL: 'https://shop.example.com/pay/outcome',
  PAY_BACKEND_SECRET: secret,
  PAYROC_API_KEY: 'the-api-key',
  PAYROC_PROCESSING_TERMINAL_ID: '1234001',
};

/** Removes the provider from the minimal variables. */
export const noProvider = { PAYROC_API_KEY: '', PAYROC_PROCESSING_TERMINAL_ID: '' };

export const paymeVariables = { PAYME_CLIENT_ID: 'an-id', PAYME_CLIENT_SECRET: 'the-client-secret', PAYME_MERCHANT_CODE: 'a-code' };

/** The credentials that stand-ins accept. */
export const sample = forEachProvider((name) => providers[name].sample);

const noStandIns: ReadStandIns = () => Promise.reject(new Error('These settings have no stand-ins.'));

/** Reads the minimal settings with these changes. */
export function read(changes: Variables = {}, json?: unknown, readStandIns = noStandIns): Promise<ServeConfig> {
  return readConfig({ variables: { ...minimal, ...changes }, json }, readStandIns);
}

/** Returns the problems of the minimal settings with these changes. */
export async function readProblems(...args: Parameters<typeof read>): Promise<readonly string[]> {
  const error: unknown = await read(...args).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigError) return error.problems;
  throw new Error('A ConfigError was expected.', { cause: error });
}
