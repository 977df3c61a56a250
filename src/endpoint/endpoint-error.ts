import { redactUrl } from '../shared/endpoint-url.js';
import { CheckoutError } from '../state/errors.js';

export type Endpoint = 'token' | 'outcome';

export const triesPerRequest = 3;

interface EndpointErrorOptions {
  readonly retryable?: boolean;
  readonly shopperMessage?: string;
  /** Milliseconds to wait before the next try, by the response's `Retry-After`. */
  readonly wait?: number;
  /** The maximum number of tries, 3 by default. */
  readonly tries?: number;
}

/** A failure to reach an endpoint, or its 429 or 5xx. */
export class EndpointError extends CheckoutError {
  readonly wait?: number;
  /** The maximum number of tries. `retryable` is about the payment: after the outcome endpoint's errors, only the request is repeated. */
  readonly tries: number;

  constructor(
    to: Endpoint,
    reason: 'offline' | 'timeout' | 'unreachable' | 'http',
    message: string,
    { wait, tries = triesPerRequest, ...options }: EndpointErrorOptions = {},
  ) {
    super(to === 'outcome' ? to : 'endpoint', reason, message, options);
    if (wait !== undefined) this.wait = wait;
    this.tries = options.retryable === false ? 1 : tries;
  }
}

/** *The token endpoint https://shop.example/api/pay/token*; after a redirect, as to a page for signing in, also where it led. */
export function describeEndpoint({ to, endpoint }: { readonly to: Endpoint; readonly endpoint: URL }, response?: Response): string {
  const redirect = response?.redirected ? `, redirected to ${redactUrl(response.url)},` : '';
  return `The ${to} endpoint ${redactUrl(endpoint.href)}${redirect}`;
}
