import { delay } from './faults.js';

export type Json = Readonly<Record<string, unknown>>;

/** A call that the provider answers with an HTTP error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws {Refusal} unless `condition` holds */
export function demand(condition: unknown, status: number, message: string): asserts condition {
  if (!condition) throw new Refusal(status, message);
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/** @throws {Refusal} 400 for a body that is not a JSON object */
export async function readJson(request: Request): Promise<Json> {
  const text = await request.text();
  if (request.method !== 'POST') return {};
  demand(/^application\/json\b/i.test(request.headers.get('content-type') ?? ''), 400, 'Content-Type should be application/json.');
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

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The answer of a call that goes wrong; none where the fault is not about the call itself.
 *
 * @param refuse makes the provider's own answer of that status
 */
export async function answerFault(
  fault: string | number | undefined,
  signal: AbortSignal,
  refuse: (status: number, message: string) => Response,
): Promise<Response | undefined> {
  if (fault === 'hang') await delay(Infinity, signal);
  if (fault === 'drop') throw new TypeError('Failed to fetch');
  if (fault === 'html') return new Response('<!doctype html><title>Bad gateway</title>', { headers: { 'content-type': 'text/html' } });
  if (fault === 'empty') return new Response('', { headers: { 'content-type': 'application/json' } });
  return typeof fault === 'number' ? refuse(fault, `A fault was asked for: ${fault}.`) : undefined;
}
