import { runWithTimeout } from '../shared/signals.js';
import type { Schema } from '../shared/schema.js';
import { readJson } from './body.js';
import { check } from './check.js';
import { answerPreflight, createCors } from './cors.js';
import { callListener, EventReporter, type OnEvent, type PayEvent } from './event-reporter.js';
import { Problem, toProblem } from './problem.js';
import { RetryBudget } from './retry-budget.js';
import type { RequestScope } from './upstream.js';

/**
 * Serves one endpoint.
 *
 * @param bindings what an adapter for Node passes beside the request, as `@hono/node-server` does. Through it, a body is found that a body
 *   parser has read before.
 */
export type Handler = (request: Request, bindings?: unknown) => Promise<Response>;

interface HandlerOptions {
  readonly origins?: readonly string[];
  readonly onError?: OnError;
  readonly onEvent?: OnEvent;
}

export interface ErrorContext {
  readonly requestId: string;
  /** The merchant's reference of the order, where it is known. For a message that the provider did not sign, anyone may have made it up. */
  readonly reference?: string;
}

export type OnError = (error: unknown, context: ErrorContext) => void | Promise<void>;

export type HandlerFactory = <Body>(endpoint: PayEvent['endpoint'], route: Route<Body> | AbsentRoute) => Handler;

export interface Route<Body> {
  /** Milliseconds for the whole request. */
  readonly deadline?: number;
  /** Whether the work continues after the client disconnects, because it may have moved money. Only `deadline` ends it then. */
  readonly outlivesClient?: boolean;
  read(request: Request, bindings: unknown): Promise<Body>;
  serve(body: Body, request: Request, scope: RequestScope): Promise<Response>;
}

/** An endpoint that does not exist, at an address where a caller may expect one. */
export interface AbsentRoute {
  readonly outlivesClient?: undefined;
  /** The reason, as a sentence for the response. */
  readonly absent: string;
}

export interface JsonRoute<Body> {
  /** Bytes. */
  readonly limit: number;
  /** @see Route.outlivesClient */
  readonly outlivesClient?: boolean;
  readonly body: Schema<Body>;
  /** Returns the response's JSON. */
  serve(body: Body, request: Request, scope: RequestScope): Promise<unknown>;
}

export function createJsonRoute<Body>({ limit, outlivesClient, body, serve }: JsonRoute<Body>): Route<Body> {
  return {
    outlivesClient,
    read: async (request, bindings) => check('request', body, await readJson(request, limit, bindings), 'The body'),
    serve: async (...args) => Response.json(await serve(...args)),
  };
}

/** Milliseconds for the whole request: less than the 15 s after which the element gives up. */
const requestTimeout = 12_000;

/** Creates handlers with the rules of every endpoint: POST, a deadline, CORS, no caching, and problem responses for failures. */
export function createHandlers({ origins = [], onError, onEvent }: HandlerOptions): HandlerFactory {
  const createCorsHeaders = createCors(origins);
  return (endpoint, route) => async (request, bindings) => {
    const reporter = new EventReporter(request, endpoint, onEvent);
    const exchange = { request, bindings, reporter };
    const response = request.method === 'OPTIONS' ? answerPreflight(request) : await respond(route, exchange, onError);
    const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': reporter.requestId, ...createCorsHeaders(request) };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}

/** One request, with what an adapter for Node passes beside it, and its reporter. */
interface Exchange {
  readonly request: Request;
  readonly bindings: unknown;
  readonly reporter: EventReporter;
}

async function respond<Body>(route: Route<Body> | AbsentRoute, exchange: Exchange, onError?: OnError): Promise<Response> {
  const { request, reporter } = exchange;
  const startedAt = performance.now();
  const client = route.outlivesClient ? new AbortController().signal : request.signal;
  try {
    const response = await runRoute(route, exchange, client);
    reporter.report({ phase: 'request', status: response.status }, startedAt);
    return response;
  } catch (error) {
    const problem = toProblem(error, client);
    reporter.report({ phase: 'request', status: problem.status, problem: problem.kind }, startedAt);
    if (isForMerchant(problem, reporter)) callListener(() => onError?.(error, describeContext(reporter, problem)));
    return problem.toResponse();
  }
}

/** Whether only the merchant can act on the problem. A provider's message that cannot be matched may be about a paid order. */
function isForMerchant({ status, kind }: Problem, { endpoint }: EventReporter): boolean {
  if (status >= 500 || kind === 'forged') return true;
  return (endpoint === 'notification' || endpoint === 'return') && (kind === 'refused' || kind === 'request');
}

function describeContext({ requestId, reference }: EventReporter, problem: Problem): ErrorContext {
  const known = problem.reference ?? reference;
  return { requestId, ...(known !== undefined && { reference: known }) };
}

/** @param client aborts when the client disconnects, unless the route outlives it */
function runRoute<Body>(route: Route<Body> | AbsentRoute, exchange: Exchange, client: AbortSignal): Promise<Response> {
  const { request, reporter } = exchange;
  if ('absent' in route) throw new Problem('absent', route.absent);
  if (request.method !== 'POST') throw new Problem('method', 'This endpoint takes POST requests, which the element sends.');
  const createTimeout = () => new Problem('timeout', 'The request took too long.');
  return runWithTimeout(route.deadline ?? requestTimeout, client, createTimeout, async (signal) =>
    route.serve(await readRequest(route, exchange), request, { signal, reporter, retries: new RetryBudget() }),
  );
}

/** Reports a body that breaks off because the client disconnected as `aborted`, even on a route that outlives the client. */
async function readRequest<Body>({ read }: Route<Body>, { request, bindings }: Exchange): Promise<Body> {
  try {
    return await read(request, bindings);
  } catch (error) {
    throw request.signal.aborted ? toProblem(error, request.signal) : error;
  }
}
