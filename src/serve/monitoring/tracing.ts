import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import type { PayEvent } from '../../server/event-reporter.js';
import { version } from '../../shared/version.js';

/** Does nothing until the merchant sets an OpenTelemetry SDK up, as with `node --import`. */
const tracer = () => trace.getTracer('pay-checkout', version);

/** Runs the work on a request in a span, which continues the trace of the request's headers. */
export function traceRequest(request: Request, name: string, work: () => Promise<Response>): Promise<Response> {
  const parent = propagation.extract(context.active(), Object.fromEntries(request.headers));
  return tracer().startActiveSpan(name, { kind: SpanKind.SERVER }, parent, async (span) => {
    try {
      const response = await work();
      span.setAttribute('http.response.status_code', response.status);
      if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      return response;
    } finally {
      span.end();
    }
  });
}

/** Records a step of a request as a span. Its values are names from closed lists and numbers. */
export function traceEvent({ phase, duration, ...details }: PayEvent): void {
  if (phase === 'request') return;
  const endTime = Date.now();
  const kind = phase === 'input' || phase === 'cache' ? SpanKind.INTERNAL : SpanKind.CLIENT;
  const span = tracer().startSpan(details.call ?? phase, { kind, startTime: endTime - duration, attributes: toAttributes(details) });
  if (details.problem) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}

/** Adds the headers that continue the trace in the shop's backend. */
export function injectTrace(headers: Headers): void {
  propagation.inject(context.active(), headers, { set: (carrier, key, value) => carrier.set(key, value) });
}

function toAttributes(details: object): Attributes {
  const known = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [`pay_checkout.${key}`, value as string | number]));
}
