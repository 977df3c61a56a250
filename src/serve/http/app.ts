import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { createCors } from '../../server/cors.js';
import type { PayEndpoints } from '../../server/endpoints.js';
import type { Handler } from '../../server/handler.js';
import { Problem, toProblem } from '../../server/problem.js';
import type { ProcessConfig } from '../config/process-settings.js';
import { traceRequest } from '../monitoring/tracing.js';
import type { LimitedEndpoint, LimitRate } from './rate-limit.js';
import type { Visitors } from './visitors.js';

export type Endpoints = Pick<PayEndpoints, 'token' | 'outcome'> & {
  readonly notifications: Readonly<Record<string, Handler | undefined>>;
  readonly returns: Readonly<Record<string, Handler | undefined>>;
};

export interface AppOptions {
  readonly config: Pick<ProcessConfig, 'basePath' | 'origins'>;
  readonly endpoints: Endpoints;
  /** Serves `/operations/<name>`. Absent without a key. */
  readonly operate?: (name: string, request: Request) => Promise<Response>;
  readonly limitRate: LimitRate;
  readonly visitors: Visitors;
  /** Runs the work on a request, and waits for it before the process ends. */
  readonly track: <T>(work: () => Promise<T>) => Promise<T>;
  /** Receives a sentence about a set-up that does not work. */
  readonly warn: (message: string) => void;
  readonly readReadiness: () => Promise<Readiness>;
  readonly readMetrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Whether the process is ending, so that clients open no second request on their connection. */
  readonly isClosing: () => boolean;
}

export interface Readiness {
  /** Whether the process should receive requests. */
  readonly isReady: boolean;
  readonly text: string;
}

type App = Hono<{ Bindings: HttpBindings }>;

/** Creates the addresses of the process. Only those under the base path are for the public. */
export function createApp(options: AppOptions): App {
  const app: App = new Hono();
  app.use(async (context, next) => {
    await next();
    if (options.isClosing()) context.res.headers.set('Connection', 'close');
  });
  addHealth(app, options);
  addEndpoints(app, options);
  const { operate, track } = options;
  if (operate)
    app.all('/operations/:name', ({ req }) =>
      track(() => traceRequest(req.raw, `${req.method} /operations`, () => operate(req.param('name'), req.raw))),
    );
  const absent = new Problem('absent', 'There is nothing at this address. See docs/serve.md for the addresses of the process.');
  app.notFound(() => absent.toResponse());
  return app;
}

function addHealth(app: App, { readReadiness, readMetrics }: AppOptions): void {
  app.get('/healthz', ({ text }) => text('ok\n'));
  app.get('/readyz', async ({ text }) => {
    const readiness = await readReadiness();
    return text(`${readiness.text}\n`, readiness.isReady ? 200 : 503);
  });
  app.get('/metrics', async ({ body }) => {
    const { type, text } = await readMetrics();
    return body(text, 200, { 'Content-Type': type });
  });
}

function addEndpoints(app: App, options: AppOptions): void {
  const { config, endpoints } = options;
  const serve = createServeFunction(options);
  for (const name of ['token', 'outcome'] as const) {
    const limited = limit(name, endpoints[name], options);
    app.all(`${config.basePath}/${name}`, ({ req, env }) => serve(`${config.basePath}/${name}`, limited, req.raw, env));
  }
  for (const kind of ['notifications', 'returns'] as const) {
    for (const [provider, handler] of Object.entries(endpoints[kind])) {
      const path = `${config.basePath}/${kind}/${provider}`;
      if (handler) app.all(path, ({ req, env }) => serve(path, handler, req.raw, env));
    }
  }
}

function createServeFunction({ track, visitors, config, warn }: AppOptions) {
  return (path: string, handler: Handler, request: Request, bindings: HttpBindings) => {
    visitors.add(request, bindings.incoming);
    warnOfOrigin(request.headers, config.origins, warn);
    return track(() => traceRequest(request, `${request.method} ${path}`, () => handler(request, bindings)));
  };
}

/** The browser reports such a page's failure only as a lost connection. */
function warnOfOrigin(headers: Headers, origins: readonly string[], warn: (message: string) => void): void {
  const origin = headers.get('Origin');
  const isElsewhere = /^(same-site|cross-site)$/.test(headers.get('Sec-Fetch-Site') ?? '');
  if (!origin || !isElsewhere || origins.includes(origin) || origins.includes('*')) return;
  warn('A page of an origin that is not in PAY_ORIGINS called an endpoint. If it is yours, add its origin, such as http://127.0.0.1:8000.');
}

/** Limits an endpoint. A page on another origin may read the refusal, and a preflight does not count. */
function limit(name: LimitedEndpoint, handler: Handler, { limitRate, visitors, config }: AppOptions): Handler {
  const createCorsHeaders = createCors(config.origins);
  return async (request, bindings) => {
    const visitor = visitors.find(request);
    if (request.method === 'OPTIONS' || visitor === undefined) return handler(request, bindings);
    try {
      await limitRate(name, visitor);
    } catch (error) {
      const response = toProblem(error, request.signal).toResponse();
      for (const [header, value] of Object.entries(createCorsHeaders(request))) response.headers.set(header, value);
      return response;
    }
    return handler(request, bindings);
  };
}
