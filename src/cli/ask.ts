import { now, type Moment } from '../endpoint/freshness.js';
import { parseJson } from '../shared/json.js';
import { requestLimit } from '../endpoint/post-json.js';
import { runWithTimeout } from '../shared/signals.js';
import type { CheckOptions, Header } from './options.js';
import { isQuotable } from '../shared/is-quotable.js';

export interface Question {
  /** `POST` by default. */
  readonly method?: 'GET' | 'OPTIONS' | 'POST';
  /** Sent as JSON. */
  readonly body?: object;
  /** Where the page that asks is; by default as the command was told. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
  /** The media type alone, in small letters. */
  readonly type: string | null;
  readonly requestedAt: Moment;
  /** Milliseconds until all of it was here. */
  readonly took: number;
}

export type Ask = (question: Question) => Promise<Answer>;

/** There was no answer. Its message goes on after the name of what was asked. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** Asks an endpoint as the element asks it. */
export function createAsk(endpoint: URL, { headers, origin }: CheckOptions): Ask {
  return async (question) => {
    const request = {
      method: question.method ?? 'POST',
      headers: headersOf(question, origin, headers),
      ...(question.body && { body: JSON.stringify(question.body) }),
      cache: 'no-store',
      // Followed, it could carry the cookie of `--header` to another host.
      redirect: 'manual',
    } as const;
    const late = () => new Unanswered(`did not answer within ${requestLimit / 1000} s`);
    return runWithTimeout(requestLimit, new AbortController().signal, late, (signal) => send(endpoint, { ...request, signal }));
  };
}

function headersOf({ method, body, origin, headers }: Question, ownOrigin: string, added: readonly Header[]): Headers {
  const all = new Headers({ Accept: 'application/json', Origin: origin ?? ownOrigin, ...headers });
  if (body) all.set('Content-Type', 'application/json');
  // A preflight comes without them: cookies and the page's own headers are what it asks for.
  if (method !== 'OPTIONS') for (const [name, value] of added) all.set(name, value);
  return all;
}

async function send(endpoint: URL, request: RequestInit): Promise<Answer> {
  const requestedAt = now();
  try {
    const response = await fetch(endpoint, request);
    const json = jsonIn(await response.text());
    const { status, headers } = response;
    const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? null;
    return { status, headers, json, type, requestedAt, took: performance.now() - requestedAt.monotonic };
  } catch (error) {
    throw new Unanswered(`could not be reached (${codeOf(error)})`);
  }
}

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED`: enough to know what to look for. Messages may quote a header that could not be sent. */
function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  const code = cause?.code;
  return isQuotable(code) ? code : 'the connection broke';
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
