import { OrderInvalid, OrderRefused } from './order-errors.js';

interface Kind {
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed later; the element does not try again otherwise. */
  readonly retryable: boolean;
}

const retryable = (status: number, title: string): Kind => ({ status, title, retryable: true });
const permanent = (status: number, title: string): Kind => ({ status, title, retryable: false });

/** Everything that the endpoints answer other than 200. `type` is made of the key, and stays as it is. */
export const kinds = {
  forged: permanent(403, 'This does not come from the payment provider.'),
  refused: permanent(404, 'There is no such order to pay here.'),
  absent: permanent(404, 'There is nothing at this address.'),
  method: permanent(405, 'This endpoint takes POST.'),
  'too-large': permanent(413, 'The body is too large.'),
  'media-type': permanent(415, 'The body should be application/json.'),
  invalid: permanent(422, 'This order cannot be paid.'),
  request: permanent(422, 'The request is not one that this endpoint can serve.'),
  mismatch: permanent(422, 'Page and endpoint disagree on the provider or the environment.'),
  aborted: retryable(499, 'The client went away.'),
  order: permanent(500, "The merchant's order cannot be paid as it is."),
  internal: retryable(500, "The merchant's backend failed."),
  'upstream-request': permanent(502, 'The payment provider found fault with our request.'),
  'upstream-credentials': permanent(502, 'The payment provider did not accept our credentials.'),
  'upstream-scope': permanent(502, 'Our credentials do not allow this at the payment provider.'),
  'upstream-absent': permanent(502, 'The payment provider does not know what was asked for.'),
  'upstream-refused': retryable(502, 'The payment provider did not do what was asked for.'),
  'upstream-answer': retryable(502, "The payment provider's answer could not be read."),
  'upstream-failed': retryable(502, 'The payment provider failed or cannot be reached.'),
  'upstream-conflict': retryable(503, 'The payment provider is at work on this very request, or had it from us in another form.'),
  'upstream-busy': retryable(503, 'The payment provider is busy.'),
  timeout: retryable(504, 'It took too long.'),
} as const satisfies Record<string, Kind>;

export type ProblemKind = keyof typeof kinds;

/** Why a request was not served, as RFC 9457 tells it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly status: number;
  readonly retryable: boolean;
  /** Milliseconds after which the provider wants to be asked again. */
  readonly retryAfter?: number;
  /** The provider's own reason, as its module names it. */
  readonly reason?: string;

  /** @param detail a sentence that the browser may see: never a credential, a token, personal data or a body, ours or the provider's */
  constructor(kind: ProblemKind, detail: string, options: { retryAfter?: number; reason?: string } = {}) {
    super(detail);
    this.kind = kind;
    this.status = kinds[kind].status;
    this.retryable = kinds[kind].retryable;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options.reason !== undefined) this.reason = options.reason;
  }

  toResponse(): Response {
    const { kind, status, retryable, message: detail } = this;
    const body = { type: `urn:pay-checkout:problem:${kind}`, title: kinds[kind].title, status, detail, retryable };
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

/** What is answered for an error: `signal` tells whether the client had gone. */
export function toProblem(error: unknown, signal: AbortSignal): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof OrderRefused) return new Problem('refused', 'There is no such order to pay here.');
  if (error instanceof OrderInvalid) return new Problem('invalid', error.message);
  if (signal.aborted) return new Problem('aborted', 'The client went away.');
  // The merchant's own error, whose message may hold anything: it is for `onError` only.
  return new Problem('internal', 'The request could not be served.');
}
