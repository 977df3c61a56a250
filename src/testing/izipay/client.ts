import { readJwtClaims } from '../../shared/jwt-claims.js';
import { hosts, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { CardDetails } from '../card-form.js';
import { asText } from '../http.js';
import { postJson, type PageFetch } from '../page-fetch.js';
import { framePaths } from './api.js';
import type { IzipayLibraryConfig, IzipayResponse } from './types.js';

export interface Opened extends IzipayResponse {
  readonly response?: { readonly session?: string; readonly amount?: string; readonly currency?: string; readonly savedCard?: string };
}

/** The result of a payment, or the event that the iframe sends instead. */
export type Charged = IzipayResponse & { readonly event?: string };

/** Sends the iframe's requests. A request that fails resolves with an error code of the library. */
export class FrameClient {
  readonly #fetch: PageFetch;
  readonly #base: string;

  constructor(fetch: PageFetch, environment: IzipayEnvironment) {
    this.#fetch = fetch;
    this.#base = hosts[environment].checkout;
  }

  /** Spends the token. */
  open(authorization: string, config: IzipayLibraryConfig): Promise<Opened> {
    const opened = postJson<Opened>(this.#fetch, `${this.#base}${framePaths.session}`, { authorization, config });
    return opened.catch(() => ({ code: 'P02', message: 'Error en la petición.' }));
  }

  /** @param card absent for the saved card that the form offers */
  pay(session: string, card?: CardDetails): Promise<Charged> {
    const charged = postJson<Charged>(this.#fetch, `${this.#base}${framePaths.charge}`, { session, card });
    return charged.catch(() => ({ code: 'COMMUNICATION_ERROR', message: '{"error":"upstream connect error"}' }));
  }
}

/** Returns the key of the message that reports a result to the page. */
export function selectEvent({ event, signature }: Charged): string {
  return event || (signature ? 'IZIPAY_EVENT_RESPONSE' : 'IZIPAY_EVENT_RESPONSE_ERROR');
}

/** Reads the environment that the stand-in's API wrote into a token. */
export function readEnvironment(token: string): IzipayEnvironment {
  const [environment = ''] = asText(readJwtClaims(token).TokenId).split(':');
  return environment in hosts ? (environment as IzipayEnvironment) : 'sandbox';
}
