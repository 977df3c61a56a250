import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes, type Context } from '@opentelemetry/api';
import type { PayEvent } from '../../server/event-reporter.js';
import { version } from '../../shared/version.js';

/** Does nothing until the merchant sets an OpenTelemetry SDK up, as with `node --import`. */
const tracer = () => trace.getTracer('pay-checkout', version);

/** Runs the work on a request in a span, which continues the trace of the request's headers. */
export function traceRequest(request: Request, name: string, work: () => Promise<Response>): Promise<Response> {
  const parent = propagation.extract(context.active(), Object.fromEntries(request.headers));
  return runInSpan(name, SpanKind.SERVER, parent, work);
}

/**
 * Runs a call to the shop's backend in a span.
 *
 * @param headers receives the headers that continue the trace in the shop's backend
 */
export function traceBackendCall<T extends HasStatus>(name: string, headers: Headers, work: () => Promise<T>): Promise<T> {
  return runInSpan(name, SpanKind.CLIENT, context.active(), () => {
    propagation.inject(context.active(), headers, { set: (carrier, key, value) => carrier.set(key, value) });
    return work();
  });
}

interface HasStatus {
  readonly status: number;
}

/** A server's span fails with 5xx, a client's with 4xx too, as OpenTelemetry's conventions for HTTP say. */
const firstFailure = { [SpanKind.SERVER]: 500, [SpanKind.CLIENT]: 400 };

function runInSpan<T extends HasStatus>(name: string, kind: SpanKind.SERVER | SpanKind.CLIENT, parent: Context, work: () => Promise<T>) {
  return tracer().startActiveSpan(name, { kind }, parent, async (span) => {
    let isFailure = true;
    try {
      const result = await work();
      isFailure = result.status >= firstFailure[kind];
      span.setAttribute('http.response.status_code', result.status);
      return result;
    } finally {
      if (isFailure) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }
  });
}

/** Records a step of a request as a span. Its values are names from closed lists and numbers. */
export function traceEvent({ phase, duration, ...details }: PayEvent): void {
  // These two have a span of their own, which is the parent of others.
  if (phase === 'request' || phase === 'order') return;
  const endTime = Date.now();
  const kind = phase === 'upstream' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  const span = tracer().startSpan(details.call ?? phase, { kind, startTime: endTime - duration, attributes: toAttributes(details) });
  if (details.problem) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}

function toAttributes(details: object): Attributes {
  const known = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [`pay_checkout.${key}`, value as string | number]));
}
