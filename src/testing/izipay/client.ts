import { readJwtClaims } from '../../shared/jwt-claims.js';
import { hosts, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { CardDetails } from '../card-form.js';
import { asText } from '../http.js';
import { postJson, type PageFetch } from '../page-fetch.js';
import { framePaths } from './api.js';
import type { IzipayLibraryConfig, IzipayResponse } from './types.js';

export interface Opened extends IzipayResponse {
  readonly response?: { readonly session?: string; readonly amount?: string; readonly currency?: string };
}

/** What came of a payment; or the event that came instead. */
export type Charged = IzipayResponse & { readonly event?: string };

/** The client of the frame, and what it makes of one that fails. */
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

  pay(session: string, card: CardDetails): Promise<Charged> {
    const charged = postJson<Charged>(this.#fetch, `${this.#base}${framePaths.charge}`, { session, card });
    return charged.catch(() => ({ code: 'COMMUNICATION_ERROR', message: '{"error":"upstream connect error"}' }));
  }
}

/** The message that the page is told it by. */
export function selectEvent({ event, signature }: Charged): string {
  return event || (signature ? 'IZIPAY_EVENT_RESPONSE' : 'IZIPAY_EVENT_RESPONSE_ERROR');
}

/** The environment that a token of the stand-in's API was made for. */
export function readEnvironment(token: string): IzipayEnvironment {
  const [environment = ''] = asText(readJwtClaims(token).TokenId).split(':');
  return environment in hosts ? (environment as IzipayEnvironment) : 'sandbox';
}
