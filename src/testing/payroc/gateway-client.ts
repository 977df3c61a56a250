import { delay } from '../faults.js';
import type { PageFetch } from '../page-fetch.js';
import { gateways, readEnvironment } from './gateway.js';
import type { HostedFieldsError } from './types.js';

/** Seconds between tries of what is not a plain no, so that its error comes after 35 s at the earliest (*measured on 1.7.0*). */
const waits = [5, 6, 7, 8, 9];

export interface Configuration {
  readonly bankTransfers: boolean;
  readonly tokenization: boolean;
}

/** What the library asks of the gateway, about one session. */
export class GatewayClient {
  readonly #fetch: PageFetch;
  readonly #token: string;

  constructor(fetch: PageFetch, token: string) {
    this.#fetch = fetch;
    this.#token = token;
  }

  /** The configuration; or why there is none, at once or after all tries. */
  async configuration(): Promise<Configuration | HostedFieldsError> {
    for (const wait of [0, ...waits]) {
      if (wait > 0) await delay(wait * 1000);
      const said = await this.#configuration();
      if (said) return said;
    }
    return {
      type: 'init',
      message: 'The maximum number of retries to fetch the terminal configuration has been reached. Please try again.',
    };
  }

  /** @throws {Error} with the status, for whatever is no success */
  async singleUseToken(): Promise<{ token: string; expiresAt: string }> {
    return (await this.#post('single-use-tokens', {})) as { token: string; expiresAt: string };
  }

  async field(field: string, value: string): Promise<{ surcharging: { percentage: number; disclosure: string } | null }> {
    return (await this.#post('fields', { field, value })) as { surcharging: { percentage: number; disclosure: string } | null };
  }

  async #configuration(): Promise<Configuration | HostedFieldsError | undefined> {
    try {
      const answer = await this.#fetch(this.#url('configuration'), { headers: headers() });
      if (answer.ok) return (await answer.json()) as Configuration;
      const { errors } = (await answer.json()) as { errors?: readonly { message?: string }[] };
      return refusalOf(answer.status, errors?.[0]?.message ?? '');
    } catch {
      return undefined;
    }
  }

  async #post(path: string, body: object): Promise<unknown> {
    const answer = await this.#fetch(this.#url(path), { method: 'POST', headers: headers(), body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(answer.status === 401 ? unauthorised : `The gateway answered ${answer.status}.`);
    return answer.json();
  }

  #url(path: string): string {
    return `${gateways[readEnvironment(this.#token)]}/api/v2/hosted-fields-sessions/${this.#token}/${path}`;
  }
}

const unauthorised = 'The request is unauthorised, please check your credentials.';

/** A fresh key for each, so that every call is preflighted (*read in 1.7.0*). */
function headers(): Record<string, string> {
  return { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() };
}

/** What is told at once; everything else is tried again. */
function refusalOf(status: number, message: string): HostedFieldsError | undefined {
  if (status === 401 || status === 403) return { type: 'init', message: unauthorised };
  if (status !== 400) return undefined;
  const isToken = message === "'hostedFieldsSessionId' supplied is invalid";
  return { type: 'init', message: isToken ? 'The provided session token is invalid.' : message };
}
