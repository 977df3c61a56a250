import { OrderInvalid, OrderRefused } from './order-errors.js';
import { cleanShopperMessage, type ShopperMessageOptions } from './shopper-message.js';

interface Kind {
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed later. Otherwise the element does not retry it. */
  readonly retryable: boolean;
}

const retryable = (status: number, title: string): Kind => ({ status, title, retryable: true });
const permanent = (status: number, title: string): Kind => ({ status, title, retryable: false });

/** Every problem that the endpoints respond with. The key becomes part of the public `type`, so it must not change. */
export const kinds = {
  unauthorized: permanent(401, 'The key of this call is missing or wrong.'),
  forged: permanent(403, 'This does not come from the payment provider.'),
  refused: permanent(404, 'There is no such order to pay here.'),
  absent: permanent(404, 'There is nothing at this address.'),
  method: permanent(405, 'This endpoint takes POST.'),
  'too-large': permanent(413, 'The body is too large.'),
  'media-type': permanent(415, 'The body should be application/json.'),
  invalid: permanent(422, 'This order cannot be paid.'),
  request: permanent(422, 'The request is not valid for this endpoint.'),
  mismatch: permanent(422, 'Page and endpoint disagree on the provider or the environment.'),
  'too-many': retryable(429, 'There are too many requests from this address.'),
  aborted: retryable(499, 'The client disconnected.'),
  order: permanent(500, "The merchant's order is not valid for payment."),
  'body-read': permanent(500, 'The body was read before the endpoint received the request.'),
  internal: retryable(500, "The merchant's backend failed."),
  'upstream-request': permanent(502, 'The payment provider rejected our request as invalid.'),
  'upstream-credentials': permanent(502, 'The payment provider did not accept our credentials.'),
  'upstream-scope': permanent(502, 'Our credentials do not allow this at the payment provider.'),
  'upstream-absent': permanent(502, 'The payment provider does not know the requested resource.'),
  'upstream-refused': retryable(502, 'The payment provider refused our request.'),
  'upstream-answer': retryable(502, "The payment provider's response could not be read."),
  'upstream-failed': retryable(502, 'The payment provider failed or cannot be reached.'),
  'upstream-conflict': retryable(503, 'The payment provider is still processing this request, or received it earlier with other fields.'),
  'upstream-busy': retryable(503, 'The payment provider is busy.'),
  'provider-down': permanent(503, 'The payment provider is down, and the page can open another one.'),
  timeout: retryable(504, 'The request took too long.'),
} as const satisfies Record<string, Kind>;

export type ProblemKind = keyof typeof kinds;

interface ProblemOptions extends ShopperMessageOptions {
  readonly retryAfter?: number;
  readonly reason?: string;
  readonly reference?: string;
  readonly hasNoEffect?: boolean;
}

/** The reason why a request failed, as a problem of RFC 9457. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly status: number;
  readonly retryable: boolean;
  /** Milliseconds after which the provider allows the next request. */
  readonly retryAfter?: number;
  /** The provider's own reason, in the words of its module. */
  readonly reason?: string;
  /** The merchant's reference of the order, for `onError`. It is not part of the response. */
  readonly reference?: string;
  /** The merchant's sentence for the shopper, as the merchant wrote it. */
  readonly shopperMessage?: string;
  /** Whether the provider certainly did nothing: the request did not reach it, or it refused the request. */
  readonly hasNoEffect: boolean;

  /** @param detail a sentence that the browser may see: never a credential, a token, personal data or a body, ours or the provider's */
  constructor(kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.kind = kind;
    this.status = kinds[kind].status;
    this.retryable = kinds[kind].retryable;
    this.hasNoEffect = options.hasNoEffect ?? false;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options.reason !== undefined) this.reason = options.reason;
    if (options.reference !== undefined) this.reference = options.reference;
    if (options.shopperMessage !== undefined) this.shopperMessage = options.shopperMessage;
  }

  toResponse(): Response {
    const { kind, status, retryable, message: detail } = this;
    const body = {
      type: `urn:pay-checkout:problem:${kind}`,
      title: kinds[kind].title,
      status,
      detail,
      retryable,
      ...cleanShopperMessage(this),
    };
    return new Response(JSON.stringify(body), { status, headers: this.#headers() });
  }

  #headers(): Record<string, string> {
    return {
      'Content-Type': 'application/problem+json',
      ...(this.kind === 'method' && { Allow: 'POST, OPTIONS' }),
      ...(this.retryAfter !== undefined && { 'Retry-After': String(Math.ceil(this.retryAfter / 1000)) }),
    };
  }
}

/** The same for an unknown order and for another visitor's. */
const refusal =
  "The backend found no such order for this visitor. Check the element's `order` attribute, and whether the visitor's cookie arrives.";

/**
 * Converts an error to the problem to respond with.
 *
 * @param signal aborted if the client has disconnected
 */
export function toProblem(error: unknown, signal: AbortSignal): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof OrderRefused) return new Problem('refused', refusal, cleanShopperMessage(error));
  if (error instanceof OrderInvalid) return new Problem('invalid', error.message, cleanShopperMessage(error));
  if (signal.aborted) return new Problem('aborted', 'The client disconnected.');
  // The message of the merchant's own error may hold secrets, so only `onError` receives it.
  return new Problem(
    'internal',
    "The merchant's code failed. `onError`, or the log of `pay-checkout serve`, has the error with the `X-Request-Id` of this response.",
  );
}
