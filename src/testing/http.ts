import { delay } from './faults.js';

export type Json = Readonly<Record<string, unknown>>;

/** Thrown by a route to answer a call with an HTTP error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** The provider's own name of the error, if the status does not identify it. */
  readonly slug?: string;

  constructor(status: number, message: string, slug?: string) {
    super(message);
    this.status = status;
    this.slug = slug;
  }
}

/** @throws {Refusal} unless `condition` holds */
export function refuseUnless(condition: unknown, status: number, message: string, slug?: string): asserts condition {
  if (!condition) throw new Refusal(status, message, slug);
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Returns the response of a faulty call, or `undefined` for a fault that the route itself simulates.
 *
 * @throws {Refusal} for a status
 * @throws {TypeError} for `drop`
 * @throws the signal's reason when a call that hangs is aborted
 */
export async function simulateFault(fault: string | number | undefined, signal: AbortSignal): Promise<Response | undefined> {
  if (fault === 'hang') await delay(Infinity, signal);
  if (fault === 'drop') throw new TypeError('Failed to fetch');
  if (fault === 'html') return new Response('<!doctype html><title>Bad gateway</title>', { headers: { 'content-type': 'text/html' } });
  if (fault === 'empty') return new Response('', { headers: { 'content-type': 'application/json' } });
  if (typeof fault === 'number') throw new Refusal(fault, `This is the simulated fault ${fault}.`);
  return undefined;
}
