import { readJwtClaims } from '../../shared/jwt-claims.js';
import { hosts, type PaymeEnvironment } from '../../providers/payme/contract.js';
import type { CardDetails } from '../card-form.js';
import { postJson, type PageFetch } from '../page-fetch.js';
import type { FlexMethod, FlexOptions, FlexResponse } from './types.js';

/** What the provider lets a form draw. */
export interface FlexSession {
  readonly methods: readonly FlexMethod[];
  readonly amount: string;
  readonly currency: string;
  /** Seconds. */
  readonly countdown: number;
}

export type Charged = FlexResponse & { url?: string; image?: string };

/** What is told of a payment: all but what is there to be drawn. */
export function toReport({ image: _, url: __, ...response }: Charged): FlexResponse {
  return response;
}

/** The client of one form, with the token that its nonce was redeemed for. They reject for whatever is not a 2xx with JSON. */
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

  /** Redeems the nonce: from here on it is spent. The request leaves before this returns (*measured in the March 2026 bundle*). */
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

  pay(method: FlexMethod, card?: CardDetails): Promise<Charged> {
    const payment_method = { method_name: method, method_details: card };
    return this.#capture('charges', { payload: this.#options.payload, payment_method });
  }

  consult({ merchant_code, merchant_operation_number, transaction }: FlexResponse): Promise<Charged> {
    return this.#capture('consult', { merchant_code, merchant_operation_number, transaction_id: transaction.transaction_id });
  }

  #capture<T>(call: string, body: unknown): Promise<T> {
    return this.#post(`${hosts[this.#environment].capture}/flex-capture/${call}`, body);
  }

  #post<T>(url: string, body: unknown): Promise<T> {
    return postJson(this.#fetch, url, body, this.#token ? { Authorization: `Bearer ${this.#token}` } : {});
  }
}

/** The environment that a nonce of the stand-in's API was made for. */
export function readEnvironment(nonce: string): PaymeEnvironment {
  return readJwtClaims(nonce).aud === hosts.production.audience ? 'production' : 'sandbox';
}
