import { extractOrigin, onCspViolation } from '../page/csp-violations.js';
import { CheckoutError, getErrorName } from '../state/errors.js';
import { parseJson } from '../shared/json.js';
import { isQuotable } from '../shared/is-quotable.js';
import { callWithRetries, getBackOffDelay, readRetryAfter } from '../shared/retries.js';
import { runWithTimeout } from '../shared/signals.js';

/** Milliseconds that one request may take, its body included. */
export const requestLimit = 15_000;
const triesPerRequest = 3;
/** How the `type` of what `pay-checkout/server` answers begins: it has tried the provider again by itself. */
const ours = 'urn:pay-checkout:problem:';
/** Where the page was written for another provider or environment. */
const mismatch = `${ours}mismatch`;

export interface Post {
  /** How errors call it: *token endpoint*. */
  readonly name: string;
  readonly endpoint: URL;
  readonly body: unknown;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  /** Sends the request: `fetch`, or the merchant's own way. A plain object counts as an answer's JSON. */
  send(request: Request): Promise<Response | object>;
  /** The page's own function that sends, where it is not `fetch`. */
  readonly sentBy?: string;
  /** Told before every try. */
  onTry?(n: number): void;
}

interface Watched extends Post {
  /** That the page's policy stopped it. It is told after the request has failed: by the next try it is known. */
  block?: string;
}

export interface Answer {
  readonly json: unknown;
  /** The answer's `Date` header as epoch ms, where it can be read. */
  readonly answeredAt?: number;
}

/** A failure of the endpoint that one more try may mend, after the wait that it asked for. */
class EndpointError extends CheckoutError {
  readonly wait?: number;
  /** How often it is asked at most. */
  readonly tries: number;

  constructor(
    reason: 'offline' | 'timeout' | 'unreachable' | 'http',
    message: string,
    options: { retryable?: boolean; wait?: number; tries?: number } = {},
  ) {
    super('endpoint', reason, message, options);
    if (options.wait !== undefined) this.wait = options.wait;
    this.tries = options.tries ?? triesPerRequest;
  }
}

/**
 * Posts JSON to one of the merchant's endpoints. Network errors, timeouts, 429 and 5xx are tried three times in all; twice
 * where `pay-checkout/server` answered, which makes up to three calls to the provider each time.
 *
 * @throws {CheckoutError} code `endpoint`, or `token` for what no repetition can mend
 */
export function postJson(post: Post): Promise<Answer> {
  const listening = new AbortController();
  const watched: Watched = { ...post };
  const isOurs = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) =>
    effectiveDirective === 'connect-src' && extractOrigin(blockedURI) === post.endpoint.origin;
  onCspViolation(isOurs, (message) => (watched.block = message), listening.signal);
  return callWithRetries((n) => once(watched, n), { count: triesPerRequest, signal: post.signal, delay: waitAfter }).finally(() =>
    listening.abort(),
  );
}

function waitAfter(n: number, error: unknown): number | undefined {
  return error instanceof EndpointError && error.retryable && n < error.tries ? getBackOffDelay(n, { requested: error.wait }) : undefined;
}

function once(post: Watched, n: number): Promise<Answer> {
  post.onTry?.(n);
  const late = () => new EndpointError('timeout', `The ${post.name} ${place(post)} did not answer within ${requestLimit / 1000} s.`);
  return runWithTimeout(requestLimit, post.signal, late, async (signal) => {
    const answer = await send(post, signal);
    if (!(answer instanceof Response)) return { json: answer };
    if (answer.ok) return { ...dateOf(answer), json: await bodyOf(post, answer) };
    throw await refusalOf(post, answer);
  });
}

async function send(post: Watched, signal: AbortSignal): Promise<Response | object> {
  const request = new Request(post.endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(post.body),
    credentials: post.credentials,
    cache: 'no-store',
    signal,
  });
  try {
    return await post.send(request);
  } catch (error) {
    throw unreachable(post, error);
  }
}

async function bodyOf(post: Watched, response: Response): Promise<unknown> {
  const text = await response.text().catch(() => {
    throw unreachable(post);
  });
  try {
    return parseJson(text);
  } catch {
    // The parser's own message quotes the body, so it is not passed on.
    // Nor is a header that is no media type.
    const [type] = (response.headers.get('Content-Type') ?? '').split(';');
    const found = isQuotable(type) ? type : 'no content type';
    throw new CheckoutError('token', 'shape', `The ${post.name} ${place(post)} should answer with JSON, but what came was not (${found}).`);
  }
}

async function refusalOf(post: Post, response: Response): Promise<CheckoutError> {
  const { status } = response;
  const problem = await problemIn(response);
  const answered = `The ${post.name} ${place(post)} answered ${status}`;
  if (problem.type === mismatch) {
    return new CheckoutError('token', 'mismatch', `${answered}: it is for another provider or environment than the page asks for.`);
  }
  if (status !== 429 && status < 500) return new CheckoutError('token', 'refused', `${answered}: ${hintFor(status)}.`);
  return new EndpointError('http', `${answered}: its own log says why.`, {
    ...(problem.retryable === false ? { retryable: false } : {}),
    wait: readRetryAfter(response.headers),
    tries: String(problem.type).startsWith(ours) ? 2 : triesPerRequest,
  });
}

/** What to look at after a 4xx. */
export function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'this visitor may not ask; check the session cookie, `credentials` and CSRF header';
  if (status === 404) return 'check the address, and that this order exists for this visitor';
  return 'its own log says why';
}

interface ProblemJson {
  readonly type?: unknown;
  /** False says that no repetition can help. */
  readonly retryable?: unknown;
}

async function problemIn(response: Response): Promise<ProblemJson> {
  if (!/problem\+json/i.test(response.headers.get('Content-Type') ?? '')) return {};
  return Object(await response.json().catch(() => undefined)) as ProblemJson;
}

function dateOf(response: Response): { answeredAt?: number } {
  const answeredAt = Date.parse(response.headers.get('Date') ?? '');
  return Number.isNaN(answeredAt) ? {} : { answeredAt };
}

function unreachable(post: Watched, error?: unknown): CheckoutError {
  if (post.block) return new EndpointError('unreachable', post.block, { retryable: false });
  if (!navigator.onLine) return new EndpointError('offline', `The ${post.name} cannot be reached: the browser is offline.`);
  const advice = 'check that it runs, its address and, on another origin, its CORS headers';
  const sender = post.sentBy && error ? ` (\`${post.sentBy}\` threw: ${getErrorName(error)})` : '';
  return new EndpointError('unreachable', `The ${post.name} ${place(post)} cannot be reached${sender}: ${advice}.`);
}

/** Without the query, which may hold what nobody should read in a log. */
function place({ endpoint }: Post): string {
  return `${endpoint.origin}${endpoint.pathname}`;
}
