import { readJwtClaims } from '../../shared/jwt-claims.js';
import { hosts, type PaymeEnvironment } from '../../providers/payme/contract.js';
import type { CardDetails } from '../card-form.js';
import { postJson, type PageFetch } from '../page-fetch.js';
import type { FlexMethod, FlexOptions, FlexResponse } from './types.js';

/** The content of a form. */
export interface FlexSession {
  readonly methods: readonly FlexMethod[];
  readonly amount: string;
  readonly currency: string;
  /** Seconds. */
  readonly countdown: number;
}

export type ChargeResponse = FlexResponse & { url?: string; image?: string };

/** Returns the part of a response that the form reports, without what it only draws. */
export function toReport({ image: _, url: __, ...response }: ChargeResponse): FlexResponse {
  return response;
}

/** Sends the requests of one form, with the access token that its nonce was redeemed for. Rejects if a response is not 2xx with JSON. */
export class FlexClient {
  #fetch: PageFetch;
  #environment: PaymeEnvironment;
  #options: FlexOptions;
  #token = '';

  constructor(fetch: PageFetch, environment: PaymeEnvironment, options: FlexOptions) {
    this.#fetch = fetch;
    this.#environment = environment;
    this.#options = options;
  }

  /** Redeems the nonce, which is then spent. The request is sent before this method returns (*measured in the March 2026 bundle*). */
  async redeem(): Promise<void> {
    const { auth, capture } = hosts[this.#environment];
    const scope = 'create:token post:charges';
    const body = { grant_type: 'nonce', nonce: this.#options.nonce, audience: capture, scope };
    this.#token = (await this.#post<{ access_token: string }>(`${auth}/token`, body)).access_token;
  }

  open(): Promise<FlexSession> {
    const { payload, display_settings: displaySettings, i18n } = this.#options;
    return this.#capture('flex-session', { integration: 'flex', payload, displaySettings, i18n });
  }

  pay(method: FlexMethod, card?: CardDetails): Promise<ChargeResponse> {
    const payment_method = { method_name: method, method_details: card };
    return this.#capture('charges', { payload: this.#options.payload, payment_method });
  }

  consult({ merchant_code, merchant_operation_number, transaction }: FlexResponse): Promise<ChargeResponse> {
    return this.#capture('consult', { merchant_code, merchant_operation_number, transaction_id: transaction.transaction_id });
  }

  #capture<T>(call: string, body: unknown): Promise<T> {
    return this.#post(`${hosts[this.#environment].capture}/flex-capture/${call}`, body);
  }

  #post<T>(url: string, body: unknown): Promise<T> {
    return postJson(this.#fetch, url, body, this.#token ? { Authorization: `Bearer ${this.#token}` } : {});
  }
}

/** Reads the environment that the stand-in's API wrote into a nonce. */
export function readEnvironment(nonce: string): PaymeEnvironment {
  return readJwtClaims(nonce).aud === hosts.production.audience ? 'production' : 'sandbox';
}
