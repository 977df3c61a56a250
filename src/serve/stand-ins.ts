import { isRecord } from '../shared/schema.js';
import type { Fetch } from '../server/upstream.js';
import { ConfigError } from './config/config-error.js';
import type { ReadStandIns } from './config/read-config.js';

/** Creates a `fetch` that calls the stand-ins in the place of every provider. */
export function createStandInFetch(address: string): Fetch {
  return (url, init) => {
    const { host, pathname, search } = new URL(url);
    return fetch(`${address}/stand-in/${host}${pathname}${search}`, init);
  };
}

/** Requests the credentials that the stand-ins accept. @throws {ConfigError} if they do not answer */
export const readStandIns: ReadStandIns = async (address) => {
  const json = await requestSettings(address);
  if (isRecord(json) && Object.values(json).every(isRecord)) return json as Awaited<ReturnType<ReadStandIns>>;
  throw new ConfigError([
    `PAY_STAND_INS should be the address of \`npx pay-checkout stand-ins\`, but nothing at ${address} answers as it does. Start it first.`,
  ]);
};

async function requestSettings(address: string): Promise<unknown> {
  try {
    const response = await fetch(`${address}/settings`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? ((await response.json()) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
