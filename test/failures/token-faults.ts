import { sleep } from '../../src/shared/retries.js';
import { answer, secret } from '../support/answer.js';
import { answerTime, backOffs, tries, tryLimit, type Course, type Said } from './terms.js';

/** One request to the token endpoint that goes wrong. */
export interface Asked {
  readonly request: Request;
  /** What the endpoint answers when nothing is wrong. */
  give(more?: object): Promise<Response>;
  /** The network, which is real. */
  send(url: string, request: Request): Promise<Response>;
  /** Where the network drops the connection. */
  readonly dropping: string;
}

export interface TokenFault {
  readonly name: string;
  readonly how: string;
  /** Of the first token. */
  readonly course: Course;
  /** The same, where the browser tells of a block before the request has failed. */
  readonly courseIfTold?: Course;
  readonly says?: Said;
  /** Where the endpoint overrules the table. */
  readonly retryable?: false;
  /** What is asked for once the assets are there, because the first token is dead by then. */
  readonly further?: { readonly course: Course; readonly says?: Said };
  /** The first token is dead when the library redeems it. */
  readonly isSpent?: true;
  /** The directive of the page's policy that forbids it. */
  readonly blocks?: string;
  /** Where the endpoint is; by default in the shop. */
  readonly address?: (origin: string) => string;
  /** How often it happens; by default always. */
  readonly times?: number;
  answer?(asked: Asked): Response | Promise<Response>;
}

const thrice = tries(answerTime, backOffs);
const once = tries(answerTime);
/** Milliseconds that a token takes to come which lives no longer. */
const slow = 10_000;

const after = async (ms: number, { request }: Asked) => sleep(ms, request.signal);

function status(code: number, more: Omit<Partial<TokenFault>, 'answer'>, headers: Record<string, string> = {}, problem = {}): TokenFault {
  const body = JSON.stringify({ message: secret, ...problem });
  const says = code < 500 && code !== 429 ? 'token / refused' : 'endpoint / http';
  const course = says === 'token / refused' ? once : thrice;
  return {
    name: String(code),
    how: `The endpoint returns ${code}.`,
    says,
    course,
    answer: () => answer(body, { status: code, headers }),
    ...more,
  };
}

function body(name: string, how: string, says: Said, text: string, headers: Record<string, string> = {}): TokenFault {
  return { name, how, says, course: once, answer: () => answer(text, { headers }) };
}

function foreign(name: string, field: 'provider' | 'environment'): TokenFault {
  const how = `The endpoint returns a token for another ${field}.`;
  return { name, how, says: 'token / mismatch', course: once, answer: ({ give }) => give({ [field]: 'another' }) };
}

export const fineToken: TokenFault = { name: 'fine', how: 'The endpoint returns a token.', course: once };

export const tokenFaults: readonly TokenFault[] = [
  fineToken,
  status(400, {}),
  status(401, {}),
  status(403, {}),
  status(404, {}),
  status(
    429,
    {
      name: '429, `Retry-After: 2`',
      how: 'The endpoint returns 429 and requests a wait of 2 s.',
      course: tries(answerTime, [2_000, 2_000]),
    },
    { 'Retry-After': '2' },
  ),
  status(
    429,
    { name: '429, `Retry-After: 60`', how: 'The endpoint returns 429 and requests a longer wait than the 10 s limit.', course: once },
    { 'Retry-After': '60' },
  ),
  status(500, {}),
  status(502, {}),
  status(503, {}),
  status(
    503,
    {
      name: 'problem, not retryable',
      how: 'The endpoint returns 503 as `application/problem+json` with `"retryable": false`.',
      course: once,
      retryable: false,
    },
    { 'Content-Type': 'application/problem+json' },
    { retryable: false },
  ),
  {
    name: 'never answers',
    how: 'The endpoint never responds.',
    says: 'endpoint / timeout',
    course: tries(tryLimit, backOffs),
    answer: () => new Promise(() => {}),
  },
  {
    name: 'drops the connection',
    how: 'The server closes the connection in the middle of its response.',
    says: 'endpoint / unreachable',
    course: thrice,
    answer: ({ send, request, dropping }) => send(dropping, request),
  },
  body('malformed JSON', 'The JSON in the response is incomplete.', 'token / shape', `{"token": "${secret}`),
  body('HTML', 'The endpoint returns 200 with an HTML page.', 'token / shape', `<!doctype html><p>${secret}`, {
    'Content-Type': 'text/html',
  }),
  body('empty', 'The endpoint returns 200 without a body.', 'token / shape', ''),
  body('wrong shape', 'The JSON in the response contains no token.', 'token / shape', JSON.stringify({ tokens: [secret] })),
  body(
    'unknown outcome',
    'The JSON in the response contains an `outcome` that the protocol does not have.',
    'token / shape',
    JSON.stringify({ outcome: secret }),
  ),
  foreign('wrong provider', 'provider'),
  foreign('wrong environment', 'environment'),
  {
    name: 'CORS refused',
    how: 'The endpoint has another origin and sends no CORS headers.',
    says: 'endpoint / unreachable',
    course: thrice,
    address: (origin) => `${origin.replace('localhost', '127.0.0.1')}/test/support/endpoint.ts`,
    answer: ({ send, request }) => send(request.url, request),
  },
  {
    name: 'blocked by CSP',
    how: "The page's policy blocks the endpoint's host. Chromium and Firefox report it after the request has failed, so the second try detects it. In WebKit, the first try does.",
    says: 'endpoint / unreachable',
    retryable: false,
    course: tries(answerTime, backOffs.slice(0, 1)),
    courseIfTold: once,
    blocks: 'connect-src',
    address: () => 'https://blocked.example/token',
    answer: ({ send, request }) => send(request.url, request),
  },
  {
    name: 'expired tokens',
    how: 'Every token has already expired.',
    course: once,
    further: { course: tries(answerTime, [0]), says: 'token / stale' },
    answer: ({ give }) => give({ expiresIn: 0 }),
  },
  {
    name: 'expires in flight',
    how: `The first token arrives after ${slow / 1000} s and expires after the same time.`,
    course: tries(slow),
    further: { course: once },
    times: 1,
    async answer(asked) {
      await after(slow - answerTime, asked);
      return asked.give({ expiresIn: slow / 1000 });
    },
  },
  { name: 'refused by the provider', how: 'The provider refuses the first token when the library uses it.', course: once, isSpent: true },
];
