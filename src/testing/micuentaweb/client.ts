import { apiHosts } from '../../providers/micuentaweb/contract.js';
import type { CardDetails } from '../card-form.js';
import { asObject, asText } from '../http.js';
import type { PageFetch } from '../page-fetch.js';
import { formPaths } from './api.js';
import { findBrand } from './form-token.js';
import type { KrResult } from './types.js';

/** A payment, the id of a payment that waits for 3DS, or the codes of the errors instead. */
export type Answer = { readonly payment: KrResult } | { readonly challenge: string } | { readonly errorCodes: readonly string[] };

/** Sends the requests of the form. A request that fails resolves with an error code of the library. */
export class FormClient {
  readonly #fetch: PageFetch;
  readonly #token: string;

  constructor(fetch: PageFetch, token: string) {
    this.#fetch = fetch;
    this.#token = token;
  }

  pay(publicKey: string, card: CardDetails): Promise<Answer> {
    return this.#post(formPaths.pay, { publicKey, formToken: this.#token, card });
  }

  /** Pays after the shopper has passed 3DS. */
  finish(challenge: string): Promise<Answer> {
    return this.#post(formPaths.finish, { challenge });
  }

  async #post(path: string, body: object): Promise<Answer> {
    const brand = findBrand(this.#token);
    if (!brand) return { errorCodes: ['CLIENT_997', 'PSP_998'] };
    const headers = { 'Content-Type': 'application/json' };
    try {
      const response = await this.#fetch(`${apiHosts[brand]}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return response.status === 200 ? readAnswer(await response.json().catch(() => undefined)) : { errorCodes: ['PSP_998'] };
    } catch {
      return { errorCodes: ['PSP_998'] };
    }
  }
}

/** A response that cannot be used counts as refused, without a signed payment (*measured in the 2022 build*). */
function readAnswer(body: unknown): Answer {
  const answer = asObject(asObject(body)?.answer) ?? {};
  if (answer._type === 'V4/Charge/RedirectRequest') return { challenge: asText(answer.challenge) };
  if (answer._type === 'V4/Charge/ProcessPaymentAnswer') return { payment: answer };
  return { errorCodes: [asText(answer.errorCode) || 'ACQ_001'] };
}
