import { within } from '../shared/signals.js';
import type { Schema } from '../shared/schema.js';
import { readJson } from './body.js';
import { check } from './check.js';
import { createCors, answerPreflight } from './cors.js';
import { Problem, toProblem } from './problem.js';
import { RetryBudget } from './retry-budget.js';
import { callListener, EventReporter, type OnEvent, type PayEvent } from './event-reporter.js';
import type { RequestScope } from './upstream.js';

export type Handler = (request: Request) => Promise<Response>;

interface HandlerOptions {
  readonly origins?: readonly string[];
  readonly onError?: OnError;
  readonly onEvent?: OnEvent;
}

export type OnError = (error: unknown, context: { readonly requestId: string }) => void | Promise<void>;

export type HandlerFactory = <Body>(endpoint: PayEvent['endpoint'], route: Route<Body> | AbsentRoute) => Handler;

export interface Route<Body> {
  /** Milliseconds for one request in all. */
  readonly deadline?: number;
  /** What may have moved money goes on to its end when the shopper has left: only `deadline` ends it. */
  readonly outlivesClient?: boolean;
  read(request: Request): Promise<Body>;
  serve(body: Body, request: Request, scope: RequestScope): Promise<Response>;
}

/** Where somebody may expect an endpoint that cannot be. */
export interface AbsentRoute {
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
  serve(body: Body, request: Request, scope: RequestScope): Promise<unknown>;
}

export function createJsonRoute<Body>({ limit, outlivesClient, body, serve }: JsonRoute<Body>): Route<Body> {
  return {
    outlivesClient,
    read: async (request) => check('request', body, await readJson(request, limit), 'The body'),
    serve: async (...asked) => Response.json(await serve(...asked)),
  };
}

/** Milliseconds for one request in all: less than the 15 s after which the element gives it up. */
const requestTimeout = 12_000;

/** What all endpoints have in common: POST, a deadline, CORS, never cached, and every failure told as a problem. */
export function createHandlers({ origins = [], onError, onEvent }: HandlerOptions): HandlerFactory {
  const cors = createCors(origins);
  return (endpoint, route) => async (request) => {
    const trace = new EventReporter(request, endpoint, onEvent);
    const response = request.method === 'OPTIONS' ? answerPreflight(request) : await respond(route, request, trace, onError);
    const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': trace.id, ...cors(request) };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}

async function respond<Body>(
  route: Route<Body> | AbsentRoute,
  request: Request,
  trace: EventReporter,
  onError?: OnError,
): Promise<Response> {
  const began = performance.now();
  const client = route.outlivesClient ? new AbortController().signal : request.signal;
  try {
    const response = await runRoute(route, request, client, trace);
    trace.report({ phase: 'request', status: response.status }, began);
    return response;
  } catch (error) {
    const problem = toProblem(error, client);
    trace.report({ phase: 'request', status: problem.status, problem: problem.kind }, began);
    if (problem.status >= 500 || problem.kind === 'forged') callListener(() => onError?.(error, { requestId: trace.id }));
    return problem.toResponse();
  }
}

/** @param client aborts when nobody waits for the answer, if that is to end the work */
function runRoute<Body>(
  route: Route<Body> | AbsentRoute,
  request: Request,
  client: AbortSignal,
  reporter: EventReporter,
): Promise<Response> {
  if ('absent' in route) throw new Problem('absent', route.absent);
  if (request.method !== 'POST') throw new Problem('method', 'This endpoint takes POST.');
  const late = () => new Problem('timeout', 'The request took too long.');
  return within(route.deadline ?? requestTimeout, client, late, async (signal) =>
    route.serve(await readRequest(route, request), request, { signal, reporter, retries: new RetryBudget() }),
  );
}

/** A client that leaves while it still sends has asked for nothing. */
async function readRequest<Body>({ read }: Route<Body>, request: Request): Promise<Body> {
  try {
    return await read(request);
  } catch (error) {
    throw request.signal.aborted ? toProblem(error, request.signal) : error;
  }
}
