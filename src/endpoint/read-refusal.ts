import type { TokenRequest } from '../shared/endpoint-contract.js';
import { readRetryAfter } from '../shared/retries.js';
import { readShopperMessage } from '../shared/shopper-message.js';
import { CheckoutError } from '../state/errors.js';
import { describeEndpoint, EndpointError, triesPerRequest, type Endpoint } from './endpoint-error.js';

/** The start of each problem `type` from `pay-checkout/server`, which retries its calls to the provider itself. */
const serverProblem = 'urn:pay-checkout:problem:';
/** The endpoint serves another provider or environment. */
const mismatch = `${serverProblem}mismatch`;

interface RefusedPost {
  readonly to: Endpoint;
  readonly endpoint: URL;
  readonly body: TokenRequest;
}

/** Creates the error for a response with an error status. A `problem+json` may say more. */
export async function readRefusal(post: RefusedPost, response: Response): Promise<CheckoutError> {
  const { status } = response;
  const { type, detail, retryable, shopperMessage } = await readProblem(response);
  const isFromOurServer = String(type).startsWith(serverProblem);
  // Our own server's `detail` names the mistake. Another server's body is never quoted.
  const hint = isFromOurServer && typeof detail === 'string' ? detail.slice(0, 300) : `${hintFor(status)}.`;
  const message = `${describeEndpoint(post, response)} answered ${status}: ${hint}`;
  const said = readShopperMessage(shopperMessage);
  if (type === mismatch && post.to === 'token') {
    return new CheckoutError('token', 'mismatch', `${message} ${describeRequest(post.body)}`, said);
  }
  if (status !== 429 && status < 500) return new CheckoutError(post.to, 'refused', message, said);
  const options = { ...said, ...(retryable === false && { retryable }), wait: readRetryAfter(response.headers) };
  return new EndpointError(post.to, 'http', message, { ...options, tries: isFromOurServer ? 2 : triesPerRequest });
}

/** Names what the page asked for. A page without `environment` may not know that it asked for production. */
function describeRequest({ provider, environment }: TokenRequest): string {
  return `The page asked for \`${provider}\` in ${describeEnvironment(environment)}.`;
}

/** *`production`, the default* */
export function describeEnvironment(environment: string): string {
  return environment === 'production' ? '`production`, the default' : `\`${environment}\``;
}

/** What to check after an error status. */
export function hintFor(status: number): string {
  if (status === 401 || status === 403 || status === 419) return 'check the session cookie, `credentials` and CSRF header';
  if (status === 404) return 'check the address, and that this order exists for this visitor';
  return 'see its log';
}

interface ProblemJson {
  readonly type?: unknown;
  readonly detail?: unknown;
  /** `false`: no retry can help. */
  readonly retryable?: unknown;
  readonly shopperMessage?: unknown;
}

async function readProblem(response: Response): Promise<ProblemJson> {
  if (!/problem\+json/i.test(response.headers.get('Content-Type') ?? '')) return {};
  return Object(await response.json().catch(() => undefined)) as ProblemJson;
}
