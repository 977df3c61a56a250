import { delay } from '../faults.js';
import type { PageFetch } from '../page-fetch.js';
import { gateways, readEnvironment } from './gateway.js';
import type { HostedFieldsError } from './types.js';

/** Seconds before each retry of a failure that is not a refusal, so its error occurs after 35 s at the earliest (*measured on 1.7.0*). */
const waits = [5, 6, 7, 8, 9];

export interface Configuration {
  readonly bankTransfers: boolean;
  readonly tokenization: boolean;
}

/** Sends the library's requests to the gateway for one session. */
export class GatewayClient {
  readonly #fetch: PageFetch;
  readonly #token: string;

  constructor(fetch: PageFetch, token: string) {
    this.#fetch = fetch;
    this.#token = token;
  }

  /** Requests the configuration. Returns an error for a refusal, or after all tries have failed. */
  async requestConfiguration(): Promise<Configuration | HostedFieldsError> {
    for (const wait of [0, ...waits]) {
      if (wait > 0) await delay(wait * 1000);
      const result = await this.#tryConfiguration();
      if (result) return result;
    }
    return {
      type: 'init',
      message: 'The maximum number of retries to fetch the terminal configuration has been reached. Please try again.',
    };
  }

  /** @throws {Error} with the status, for every response that is not a success */
  async createSingleUseToken(): Promise<{ token: string; expiresAt: string }> {
    return (await this.#post('single-use-tokens', {})) as { token: string; expiresAt: string };
  }

  async sendField(field: string, value: string): Promise<{ surcharging: { percentage: number; disclosure: string } | null }> {
    return (await this.#post('fields', { field, value })) as { surcharging: { percentage: number; disclosure: string } | null };
  }

  async #tryConfiguration(): Promise<Configuration | HostedFieldsError | undefined> {
    try {
      const response = await this.#fetch(this.#url('configuration'), { headers: createHeaders() });
      if (response.ok) return (await response.json()) as Configuration;
      const { errors } = (await response.json()) as { errors?: readonly { message?: string }[] };
      return readRefusal(response.status, errors?.[0]?.message ?? '');
    } catch {
      return undefined;
    }
  }

  async #post(path: string, body: object): Promise<unknown> {
    const response = await this.#fetch(this.#url(path), { method: 'POST', headers: createHeaders(), body: JSON.stringify(body) });
    if (!response.ok) throw new Error(response.status === 401 ? unauthorised : `The gateway answered ${response.status}.`);
    return response.json();
  }

  #url(path: string): string {
    return `${gateways[readEnvironment(this.#token)]}/api/v2/hosted-fields-sessions/${this.#token}/${path}`;
  }
}

const unauthorised = 'The request is unauthorised, please check your credentials.';

/** Creates headers with a new key, so the browser sends a preflight for every request (*read in 1.7.0*). */
function createHeaders(): Record<string, string> {
  return { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() };
}

/** Returns the error of a refusal, or `undefined` for a failure that is retried. */
function readRefusal(status: number, message: string): HostedFieldsError | undefined {
  if (status === 401 || status === 403) return { type: 'init', message: unauthorised };
  if (status !== 400) return undefined;
  const isToken = message === "'hostedFieldsSessionId' supplied is invalid";
  return { type: 'init', message: isToken ? 'The provided session token is invalid.' : message };
}
