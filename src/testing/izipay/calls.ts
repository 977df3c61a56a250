import { claimsOf } from '../../providers/claims.js';
import { hosts, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { TypedCard } from '../card-form.js';
import { asText } from '../http.js';
import { postJson, type PageFetch } from '../page-fetch.js';
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
    return postJson(this.#fetch, `${this.#base}${framePaths.session}`, { authorization, config });
  }

  /** @returns the result, signed where there is one; or the event that came instead */
  pay(session: string, card: TypedCard): Promise<IzipayResponse & { readonly event?: string }> {
    return postJson(this.#fetch, `${this.#base}${framePaths.charge}`, { session, card });
  }
}

/** The environment that a token of the stand-in's API was made for. */
export function environmentOfToken(token: string): IzipayEnvironment {
  const [environment = ''] = asText(claimsOf(token).TokenId).split(':');
  return environment in hosts ? (environment as IzipayEnvironment) : 'sandbox';
}
