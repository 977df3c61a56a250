import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { payrocCards } from '../../../src/testing.js';
import { startAll } from '../support.js';

const exporter = new InMemorySpanExporter();
const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const body = { provider: 'payroc', environment: 'sandbox', order: 'U-1001' };

/** The W3C format, which an SDK brings along. */
const w3c: Parameters<typeof propagation.setGlobalPropagator>[0] = {
  inject(active, carrier, setter) {
    const span = trace.getSpanContext(active);
    if (span) setter.set(carrier, 'traceparent', `00-${span.traceId}-${span.spanId}-01`);
  },
  extract(active, carrier, getter) {
    const [, id, spanId] = /^00-(\w{32})-(\w{16})-01$/.exec(String(getter.get(carrier, 'traceparent'))) ?? [];
    return id && spanId ? trace.setSpanContext(active, { traceId: id, spanId, traceFlags: 1, isRemote: true }) : active;
  },
  fields: () => ['traceparent'],
};

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(w3c);
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
});
beforeEach(() => exporter.reset());
afterAll(() => {
  for (const api of [context, propagation, trace]) api.disable();
});

function find(name: string): ReadableSpan {
  const found = exporter.getFinishedSpans().find((span) => span.name === name);
  if (!found) throw new Error(`There is no span ${name}.`);
  return found;
}

describe('traces', () => {
  it('continue the trace of the request in the shop, below a span for the request and one for the call', async () => {
    const { post, shop } = await startAll();
    await post('/api/pay/token', body, { traceparent });
    const [request, order] = [find('POST /api/pay/token'), find('order')];
    expect(request).toMatchObject({ kind: SpanKind.SERVER, parentSpanContext: { traceId, spanId: 'b7ad6b7169203331' } });
    expect(order).toMatchObject({ kind: SpanKind.CLIENT, parentSpanContext: { traceId, spanId: request.spanContext().spanId } });
    expect(order.attributes).toEqual({ 'http.response.status_code': 200 });
    expect(shop.calls[0]?.headers.get('traceparent')).toBe(`00-${traceId}-${order.spanContext().spanId}-01`);
  });

  it('have a span for each call of the provider, below that of the request', async () => {
    const { post } = await startAll();
    await post('/api/pay/token', body);
    const request = find('POST /api/pay/token');
    const upstream = exporter.getFinishedSpans().filter((span) => span.name.startsWith('Payroc '));
    expect(upstream.map(({ name }) => name)).toEqual(['Payroc POST /authorize', expect.stringContaining('hosted-fields-sessions')]);
    for (const span of upstream) {
      expect(span).toMatchObject({ kind: SpanKind.CLIENT, parentSpanContext: { spanId: request.spanContext().spanId } });
      expect(span.attributes).toMatchObject({
        'pay_checkout.endpoint': 'token',
        'pay_checkout.provider': 'payroc',
        'pay_checkout.environment': 'sandbox',
        'pay_checkout.attempt': 1,
        'pay_checkout.status': expect.any(Number) as number,
      });
    }
  });

  it('have one span for the `outcome` call', async () => {
    const { post, standIns, shop } = await startAll();
    const token = await post('/api/pay/token', body);
    const result = await standIns.pay({ provider: 'payroc', answer: await token.json(), card: payrocCards.approved });
    exporter.reset();
    await post('/api/pay/outcome', { ...body, attempt: 1, result });
    const outcome = find('outcome');
    expect(outcome.parentSpanContext?.spanId).toBe(find('POST /api/pay/outcome').spanContext().spanId);
    const call = shop.calls.find(({ path }) => path === '/outcome');
    expect(call?.headers.get('traceparent')).toContain(outcome.spanContext().spanId);
  });

  it('mark what failed', async () => {
    const { post, shop, standIns } = await startAll();
    shop.intercept = () => new Response(null, { status: 500 });
    await post('/api/pay/token', body);
    expect([find('POST /api/pay/token').status.code, find('order').status.code]).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
    exporter.reset();
    shop.intercept = () => undefined;
    await post('/api/pay/token', body, { Cookie: 'visitor=eva' });
    expect([find('POST /api/pay/token').status.code, find('order').status.code]).toEqual([SpanStatusCode.UNSET, SpanStatusCode.ERROR]);
    exporter.reset();
    standIns.payroc.faults.sessions = 500;
    await post('/api/pay/token', body);
    const calls = exporter.getFinishedSpans().filter(({ name }) => name.includes('hosted-fields-sessions'));
    expect(calls.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
  });

  it('contain no credential, token, cookie or email', async () => {
    const { post, standIns } = await startAll();
    const token = (await (await post('/api/pay/token', body)).json()) as { readonly token: string };
    const result = await standIns.pay({ provider: 'payroc', answer: token, card: payrocCards.approved });
    await post('/api/pay/outcome', { ...body, attempt: 1, result });
    const text = JSON.stringify(
      exporter.getFinishedSpans().map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
    );
    for (const value of [token.token, 'visitor=ana', 'ana@example.com', 'your_api_key', 'U-1001', '1234001'])
      expect(text).not.toContain(value);
  });
});
