// For every test file on Node: records what each endpoint reports to its merchant, and what it exchanges with providers and pages.
// The test fails if a report contains any of the exchanged values.
import { afterAll, expect, vi } from 'vitest';
import type { Handler, PayEndpointsOptions } from '../../src/server.js';

type Module = typeof import('../../src/server/endpoints.js');
type Options = PayEndpointsOptions;
type Operation = (request: unknown) => Promise<unknown>;

const told: string[] = [];
const exchanged = new Set<string>();
/** Words of a provider's API, and the shortest length of a value that could be a secret. */
const words = ['authorize', 'cancel', 'singleUseToken', 'payment', 'tokenization'];
const shortest = 6;

vi.mock('../../src/server/endpoints.js', async (importOriginal) => {
  const { createPayEndpoints } = await importOriginal<Module>();
  return {
    createPayEndpoints(options: Options) {
      const { token, outcome, notifications, returns, ...operations } = createPayEndpoints(overheard(options));
      return {
        ...Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, failing(run as Operation)])),
        ...{ token: answering(token), outcome: answering(outcome), notifications: each(notifications), returns: each(returns) },
      };
    },
  };
});

afterAll(() => {
  const leaks = [...exchanged].filter((secret) => told.some((text) => text.includes(secret)));
  expect(leaks).toEqual([]);
});

function each(handlers: Readonly<Record<string, Handler>>): Record<string, Handler> {
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, answering(handler)]));
}

/** The merchant receives the errors of an operation as thrown. */
function failing(run: Operation): Operation {
  return (request) =>
    run(request).catch((error: Error) => {
      if (error.name === 'Problem') told.push(describeProblem(error));
      throw error;
    });
}

function overheard(options: Options): Options {
  const { order, orderByReference, fetch } = options;
  return {
    ...options,
    onEvent(event) {
      told.push(JSON.stringify(event));
      return options.onEvent?.(event);
    },
    onError(error, context) {
      // The merchant's own errors may contain anything.
      if (error instanceof Error && error.name === 'Problem') told.push(describeProblem(error));
      return options.onError?.(error, context);
    },
    async order(query) {
      const found = await order(query);
      keep(found?.buyer);
      keep(query.order);
      return found;
    },
    orderByReference:
      orderByReference &&
      (async (query) => {
        const found = await orderByReference(query);
        keep(found?.buyer);
        return found;
      }),
    // Without this option, the endpoint must use the runtime's `fetch`.
    fetch:
      fetch &&
      ((url, init) => {
        keep(Object.values(init.headers as Record<string, string>).map((value) => value.replace(/^Bearer /, '')));
        keep(parsed(init.body));
        return fetch(url, init);
      }),
  };
}

/** The merchant's own reference of the order is meant for `onError`. */
function describeProblem(error: Error): string {
  return `${error.stack} ${JSON.stringify({ ...error, reference: undefined })} ${String(error.cause)}`;
}

function answering(handler: Handler): Handler {
  return async (request, bindings) => {
    keep(['Cookie', 'signature'].map((name) => request.headers.get(name)));
    const response = await handler(request, bindings);
    const { token, config } = Object(parsed(await response.clone().text())) as Record<string, unknown>;
    keep([token, config]);
    return response;
  };
}

function parsed(text: unknown): unknown {
  return typeof text === 'string' && text ? JSON.parse(text) : undefined;
}

function keep(value: unknown): void {
  if (typeof value === 'string') {
    if (value.length >= shortest && !words.includes(value)) exchanged.add(value);
  } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(keep);
}
