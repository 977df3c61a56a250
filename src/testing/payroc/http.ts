import { delay } from '../faults.js';
import { asObject } from '../http.js';

export { asObject, asText } from '../http.js';

export type Json = Readonly<Record<string, unknown>>;

const titles: Readonly<Record<number, readonly [slug: string, title: string]>> = {
  400: ['bad-request', 'Bad request'],
  401: ['not-authorized', 'Not authorized'],
  403: ['forbidden', 'Forbidden'],
  404: ['not-found', 'Not found'],
  406: ['not-acceptable', 'Not acceptable'],
  409: ['idempotency-key-in-use', 'Idempotency key in use'],
  415: ['unsupported-media-type', 'Unsupported media type'],
  500: ['api-error', 'API error'],
};

/** A call that Payroc answers with an error of RFC 7807. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly slug?: string;

  constructor(status: number, message: string, slug?: string) {
    super(message);
    this.status = status;
    this.slug = slug;
  }
}

/** @throws {Refusal} unless `condition` holds */
export function demand(condition: unknown, status: number, message: string, slug?: string): asserts condition {
  if (!condition) throw new Refusal(status, message, slug);
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** The fields of the documentation, "Errors"; the items of `errors` as they were seen in a live answer. */
export function problem({ status, message, slug }: Pick<Refusal, 'status' | 'message' | 'slug'>): Response {
  const [known, title] = titles[status] ?? ['api-error', 'Error'];
  const errors = [{ parameter: '', detail: message, message }];
  const body = { type: `https://docs.payroc.com/api/errors#${slug ?? known}`, title, status, detail: message, errors };
  return json(body, status, { 'content-type': 'application/problem+json' });
}

/** @throws {Refusal} 415 or 400 for a body that is not a JSON object; a call may have none */
export async function readJson(request: Request): Promise<Json> {
  const text = await request.text();
  if (!text) return {};
  demand(/^application\/json\b/i.test(request.headers.get('content-type') ?? ''), 415, 'Content-Type should be application/json.');
  const body = parseObject(text);
  demand(body, 400, 'The body should be a JSON object.');
  return body;
}

function parseObject(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The answer of a call that goes wrong; none where the fault is not about the call itself. */
export async function answerFault(fault: string | number | undefined, signal: AbortSignal): Promise<Response | undefined> {
  if (fault === 'hang') await delay(Infinity, signal);
  if (fault === 'drop') throw new TypeError('Failed to fetch');
  if (fault === 'html') return new Response('<!doctype html><title>Bad gateway</title>', { headers: { 'content-type': 'text/html' } });
  if (fault === 'empty') return new Response('', { headers: { 'content-type': 'application/json' } });
  return typeof fault === 'number' ? problem({ status: fault, message: `A fault was asked for: ${fault}.` }) : undefined;
}
