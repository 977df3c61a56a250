import { within } from '../signals.js';
import type { Schema } from '../schema.js';
import { readJson } from './body.js';
import { check } from './check.js';
import { createCors, preflight } from './cors.js';
import { OrderRefused } from './order.js';
import { Problem } from './problem.js';

export type Handler = (request: Request) => Promise<Response>;

interface HandlerOptions {
  readonly origins?: readonly string[];
  readonly onError?: (error: unknown) => void;
}

export interface Route<Body> {
  /** Milliseconds for one request in all. */
  readonly deadline?: number;
  read(request: Request): Promise<Body>;
  serve(body: Body, request: Request, signal: AbortSignal): Promise<Response>;
}

export interface JsonRoute<Body> {
  /** Bytes. */
  readonly limit: number;
  readonly body: Schema<Body>;
  /** Returns what is answered, as JSON. */
  serve(body: Body, request: Request, signal: AbortSignal): Promise<unknown>;
}

export function jsonRoute<Body>({ limit, body, serve }: JsonRoute<Body>): Route<Body> {
  return {
    read: async (request) => check('request', body, await readJson(request, limit), 'The body'),
    serve: async (...asked) => Response.json(await serve(...asked)),
  };
}

/** Milliseconds for one request in all: less than the 15 s after which the element gives it up. */
const patience = 12_000;

/** What all endpoints have in common: POST, a deadline, CORS, never cached, and every failure told as a problem. */
export function createHandlers({ origins = [], onError }: HandlerOptions): <Body>(route: Route<Body>) => Handler {
  const cors = createCors(origins);
  return (route) => async (request) => {
    const response = await answer(route, request, onError);
    const headers = { 'Cache-Control': 'no-store', ...cors(request) };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}

async function answer<Body>(route: Route<Body>, request: Request, onError: HandlerOptions['onError']): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight(request);
  try {
    if (request.method !== 'POST') throw new Problem('method', 'This endpoint takes POST.');
    const late = () => new Problem('timeout', 'The request took too long.');
    return await within(route.deadline ?? patience, request.signal, late, (signal) => run(route, request, signal));
  } catch (error) {
    const problem = problemOf(error, request);
    if (problem.status >= 500 || problem.kind === 'forged') tell(onError, error);
    return problem.toResponse();
  }
}

async function run<Body>(route: Route<Body>, request: Request, signal: AbortSignal): Promise<Response> {
  return route.serve(await route.read(request), request, signal);
}

/** A log that fails must not take the answer with it. */
function tell(onError: HandlerOptions['onError'], error: unknown): void {
  try {
    onError?.(error);
  } catch {
    // There is nobody left to tell.
  }
}

function problemOf(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof OrderRefused) return new Problem('refused', 'There is no such order to pay here.');
  if (request.signal.aborted) return new Problem('aborted', 'The client went away.');
  // The merchant's own error, whose message may hold anything: it is for `onError` only.
  return new Problem('internal', 'The request could not be served.');
}
