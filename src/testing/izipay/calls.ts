import { hosts, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { PageFetch } from '../path.js';
import type { FlexCard } from '../payme/types.js';
import { framePaths } from './api.js';
import type { IzipayLibraryConfig, IzipayResponse } from './types.js';

export interface Opened extends IzipayResponse {
  readonly response?: { readonly session?: string; readonly amount?: string; readonly currency?: string };
}

/** The calls of the frame. They reject for whatever is not a 2xx with JSON. */
export class FrameCalls {
  readonly #fetch: PageFetch;
  readonly #base: string;

  constructor(fetch: PageFetch, environment: IzipayEnvironment) {
    this.#fetch = fetch;
    this.#base = hosts[environment].checkout;
  }

  /** Spends the token. */
  open(authorization: string, config: IzipayLibraryConfig): Promise<Opened> {
    return this.#post<Opened>(framePaths.session, { authorization, config });
  }

  /** @returns the result, signed where there is one; or the event that came instead */
  pay(session: string, card: FlexCard): Promise<IzipayResponse & { readonly event?: string }> {
    return this.#post(framePaths.charge, { session, card });
  }

  async #post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await this.#fetch(`${this.#base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`Izipay stand-in: ${path} answered ${answer.status}.`);
    return (await answer.json()) as T;
  }
}

/** The environment that a token of the stand-in's API was made for. */
export function environmentOfToken(token: string): IzipayEnvironment {
  try {
    const claims = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { TokenId } = JSON.parse(atob(claims)) as { TokenId: string };
    const [environment = ''] = TokenId.split(':');
    return environment in hosts ? (environment as IzipayEnvironment) : 'sandbox';
  } catch {
    return 'sandbox';
  }
}
