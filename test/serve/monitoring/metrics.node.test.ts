import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../src/serve/monitoring/metrics.js';
import { payrocCards } from '../../../src/testing.js';
import type { PayEvent } from '../../../src/server/event-reporter.js';
import { startAll } from '../support.js';

const body = { provider: 'payroc', environment: 'sandbox', order: 'U-1001' };
const event: PayEvent = {
  requestId: 'r-1',
  endpoint: 'token',
  phase: 'request',
  duration: 300,
  provider: 'payroc',
  environment: 'sandbox',
};

/** Lists the series of a metric: its labels, and its value. */
async function list(metrics: Metrics, name: string): Promise<string[]> {
  return (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name));
}

describe('/metrics', () => {
  it('counts outcomes with their reasons, calls and durations of a payment', async () => {
    const { post, process, standIns } = await startAll();
    const token = (await (await post('/api/pay/token', body)).json()) as { readonly token: string };
    const result = await standIns.pay({ provider: 'payroc', answer: token, card: payrocCards.declined });
    await post('/api/pay/outcome', { ...body, attempt: 1, result });
    const response = await fetch(`${process.url}/metrics`);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^pay_checkout_outcomes_total\{provider="payroc",environment="sandbox",outcome="declined",reason="\w*"\} 1$/m);
    expect(text).toContain('pay_checkout_outcome_calls_total{result="delivered"} 1');
    expect(text).toContain('pay_checkout_outcome_calls_waiting 0');
    expect(text).toContain(
      'pay_checkout_request_duration_seconds_count{endpoint="token",provider="payroc",environment="sandbox",status="200",problem=""} 1',
    );
    expect(text).toContain('pay_checkout_order_duration_seconds_count{endpoint="outcome",problem=""} 1');
    expect(text).toContain(
      'pay_checkout_upstream_duration_seconds_count{provider="payroc",call="Payroc POST /authorize",status="200",problem=""} 1',
    );
    expect(text).toContain('process_cpu_seconds_total');
    for (const secret of [token.token, 'U-1001', 'ana@example.com', 'your_api_key']) expect(text).not.toContain(secret);
  });

  it('takes no label from a request, so that a stranger cannot fill the memory', async () => {
    const { post, process } = await startAll();
    await post('/api/pay/token', { ...body, provider: 'a-made-up-provider' });
    await post('/api/pay/token', { ...body, environment: 'production' });
    const text = await (await fetch(`${process.url}/metrics`)).text();
    expect(text).not.toContain('made-up');
    expect(text).toContain(
      'pay_checkout_request_duration_seconds_count{endpoint="token",provider="",environment="",status="422",problem="mismatch"} 2',
    );
  });
});

describe('Metrics', () => {
  it('measures in seconds', async () => {
    const metrics = new Metrics();
    metrics.countEvent(event);
    expect(await list(metrics, 'pay_checkout_request_duration_seconds_sum')).toEqual([
      'pay_checkout_request_duration_seconds_sum{endpoint="token",provider="payroc",environment="sandbox",status="",problem=""} 0.3',
    ]);
  });

  it('counts changed fields, failures of the cache and refused requests', async () => {
    const metrics = new Metrics();
    metrics.countEvent({ ...event, phase: 'input', field: 'buyer.phone.number', change: 'omitted' });
    metrics.countEvent({ ...event, phase: 'cache' });
    metrics.countLimited('token');
    metrics.countDelivery('given-up');
    expect(await list(metrics, 'pay_checkout_input_changes_total')).toEqual([
      'pay_checkout_input_changes_total{provider="payroc",field="buyer.phone.number",change="omitted"} 1',
    ]);
    expect(await list(metrics, 'pay_checkout_cache_failures_total')).toEqual(['pay_checkout_cache_failures_total 1']);
    expect(await list(metrics, 'pay_checkout_rate_limited_total')).toEqual(['pay_checkout_rate_limited_total{endpoint="token"} 1']);
    expect(await list(metrics, 'pay_checkout_outcome_calls_total')).toEqual(['pay_checkout_outcome_calls_total{result="given-up"} 1']);
  });

  it('shows which provider is down, until a test has succeeded', async () => {
    const metrics = new Metrics();
    const values: string[] = [];
    for (const state of ['open', 'half-open', 'open', 'closed'] as const) {
      metrics.countEvent({ ...event, phase: 'breaker', state });
      values.push(...(await list(metrics, 'pay_checkout_provider_down')));
    }
    const series = 'pay_checkout_provider_down{provider="payroc",environment="sandbox"}';
    expect(values).toEqual([`${series} 1`, `${series} 1`, `${series} 1`, `${series} 0`]);
    expect(await list(metrics, 'pay_checkout_cache_failures_total')).toEqual(['pay_checkout_cache_failures_total 0']);
  });

  it('shows how many outcome calls wait, and NaN while nobody knows', async () => {
    const metrics = new Metrics();
    let count = () => Promise.resolve(3);
    metrics.watchQueue(() => count());
    expect(await list(metrics, 'pay_checkout_outcome_calls_waiting')).toEqual(['pay_checkout_outcome_calls_waiting 3']);
    count = () => Promise.reject(new Error('Redis is down'));
    expect(await list(metrics, 'pay_checkout_outcome_calls_waiting')).toEqual(['pay_checkout_outcome_calls_waiting Nan']);
  });
});
