import { runWithTimeout } from '../shared/signals.js';
import type { Schema } from '../shared/schema.js';
import { readJson } from './body.js';
import { check } from './check.js';
import { createCors, preflight } from './cors.js';
import { Problem, problemOf } from './problem.js';
import { Repeats } from './repeats.js';
import { quietly, Trace, type OnEvent, type PayEvent } from './trace.js';
import type { Scope } from './upstream.js';

export type Handler = (request: Request) => Promise<Response>;

interface HandlerOptions {
  readonly origins?: readonly string[];
  readonly onError?: OnError;
  readonly onEvent?: OnEvent;
}

export type OnError = (error: unknown, context: { readonly requestId: string }) => void | Promise<void>;

export type MakeHandler = <Body>(endpoint: PayEvent['endpoint'], route: Route<Body> | NoRoute) => Handler;

export interface Route<Body> {
  /** Milliseconds for one request in all. */
  readonly deadline?: number;
  /** What may have moved money goes on to its end when the shopper has left: only `deadline` ends it. */
  readonly outlivesClient?: boolean;
  read(request: Request): Promise<Body>;
  serve(body: Body, request: Request, scope: Scope): Promise<Response>;
}

/** Where somebody may expect an endpoint that cannot be. */
export interface NoRoute {
  readonly outlivesClient?: undefined;
  /** Why: a sentence for whoever reads the answer. */
  readonly absent: string;
}

export interface JsonRoute<Body> {
  /** Bytes. */
  readonly limit: number;
  /** @see Route.outlivesClient */
  readonly outlivesClient?: boolean;
  readonly body: Schema<Body>;
  /** Returns what is answered, as JSON. */
  serve(body: Body, request: Request, scope: Scope): Promise<unknown>;
}

export function jsonRoute<Body>({ limit, outlivesClient, body, serve }: JsonRoute<Body>): Route<Body> {
  return {
    outlivesClient,
    read: async (request) => check('request', body, await readJson(request, limit), 'The body'),
    serve: async (...asked) => Response.json(await serve(...asked)),
  };
}

/** Milliseconds for one request in all: less than the 15 s after which the element gives it up. */
const patience = 12_000;

/** What all endpoints have in common: POST, a deadline, CORS, never cached, and every failure told as a problem. */
export function createHandlers({ origins = [], onError, onEvent }: HandlerOptions): MakeHandler {
  const cors = createCors(origins);
  return (endpoint, route) => async (request) => {
    const trace = new Trace(request, endpoint, onEvent);
    const response = request.method === 'OPTIONS' ? preflight(request) : await answer(route, request, trace, onError);
    const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': trace.id, ...cors(request) };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}

async function answer<Body>(route: Route<Body> | NoRoute, request: Request, trace: Trace, onError?: OnError): Promise<Response> {
  const began = performance.now();
  const client = route.outlivesClient ? new AbortController().signal : request.signal;
  try {
    const response = await run(route, request, client, trace);
    trace.tell({ phase: 'request', status: response.status }, began);
    return response;
  } catch (error) {
    const problem = problemOf(error, client);
    trace.tell({ phase: 'request', status: problem.status, problem: problem.kind }, began);
    if (problem.status >= 500 || problem.kind === 'forged') quietly(() => onError?.(error, { requestId: trace.id }));
    return problem.toResponse();
  }
}

/** @param client aborts when nobody waits for the answer, if that is to end the work */
function run<Body>(route: Route<Body> | NoRoute, request: Request, client: AbortSignal, trace: Trace): Promise<Response> {
  if ('absent' in route) throw new Problem('absent', route.absent);
  if (request.method !== 'POST') throw new Problem('method', 'This endpoint takes POST.');
  const late = () => new Problem('timeout', 'The request took too long.');
  return runWithTimeout(route.deadline ?? patience, client, late, async (signal) =>
    route.serve(await readAll(route, request), request, { signal, trace, repeats: new Repeats() }),
  );
}

/** A client that leaves while it still sends has asked for nothing. */
async function readAll<Body>({ read }: Route<Body>, request: Request): Promise<Body> {
  try {
    return await read(request);
  } catch (error) {
    throw request.signal.aborted ? problemOf(error, request.signal) : error;
  }
}
