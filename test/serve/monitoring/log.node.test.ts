import { describe, expect, it } from 'vitest';
import { providers, providerNames, type ProviderName } from '../../../demo/providers/index.js';
import { OrderInvalid } from '../../../src/server/order-errors.js';
import type { PayEvent } from '../../../src/server/event-reporter.js';
import { providerTable } from '../../../src/serve/config/provider-table.js';
import { createOutcomeCall } from '../../../src/serve/delivery/outcome-call.js';
import { BackendError } from '../../../src/serve/backend/backend-error.js';
import { createLogger } from '../../../src/serve/monitoring/logger.js';
import { Monitor } from '../../../src/serve/monitoring/monitor.js';
import { backendSecret, operationsKey, orderOf, startAll } from '../support.js';

type Line = Readonly<Record<string, unknown>>;

/** Creates a monitor, and the lines that it logs. */
function createMonitor() {
  const lines: Line[] = [];
  const monitor = new Monitor(createLogger('trace', { write: (line: string) => void lines.push(JSON.parse(line) as Line) }));
  return { monitor, lines };
}

const event: PayEvent = {
  requestId: 'r-1',
  endpoint: 'token',
  phase: 'request',
  duration: 12.6,
  provider: 'payme',
  environment: 'sandbox',
};
const journeys = providerNames.flatMap((name) => [[name, 'approved'] as const, [name, 'declined'] as const]);

/** The secret credentials that the stand-in of a provider accepts. */
function secretsOf(name: ProviderName): string[] {
  const secrets = Object.entries(providers[name].sample).filter(([key]) => providerTable[name]?.settings[key]?.secret);
  expect(secrets).not.toEqual([]);
  return secrets.map(([, value]) => value);
}

describe('log', () => {
  it.each(journeys)(
    'has no token, credential, cookie, email or body in a journey with %s and its failures (%s)',
    async (provider, payment) => {
      const { post, standIns, shop, log } = await startAll();
      const body = { provider, environment: 'sandbox', order: orderOf(provider) };
      const card = providers[provider].cards[payment]!.number;
      const token = (await (await post('/api/pay/token', body)).json()) as { readonly token: string };
      const result = await standIns.pay({ provider, answer: token, card });
      await post('/api/pay/outcome', { ...body, attempt: 1, result });
      shop.intercept = () => new Response('a body with 4111111111111111', { status: 500 });
      await post('/api/pay/token', body);
      shop.intercept = () => Response.json({ reference: 'A-1001', amount: 'an amount of the shop' });
      await post('/api/pay/token', body);
      await post(`/api/pay/notifications/${provider}`, { forged: 'a body of a stranger' });
      await post('/operations/query', { payment: 'a body of the merchant' }, { Authorization: `Bearer ${operationsKey}` });
      expect(log.length).toBeGreaterThan(8);
      const cards = [card, '4111111111111111'];
      const bodies = ['an amount of the shop', 'a body of', 'Ana', 'ana@example.com', 'visitor=ana'];
      const text = JSON.stringify(log);
      const secrets = [token.token, backendSecret, operationsKey, ...secretsOf(provider)];
      for (const value of [...cards, ...bodies, ...secrets]) expect(text).not.toContain(value);
    },
  );

  it('has the time, the level, the id of the request, and what it was about', async () => {
    const { post, log } = await startAll();
    const response = await post('/api/pay/token', { provider: 'payroc', environment: 'sandbox', order: 'U-1001' });
    expect(log.at(-1)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      requestId: response.headers.get('X-Request-Id'),
      endpoint: 'token',
      provider: 'payroc',
      environment: 'sandbox',
      phase: 'request',
      status: 200,
      ms: expect.any(Number) as number,
      msg: 'token',
    });
  });

  it.each<[Partial<PayEvent>, level: string, msg: string]>([
    [{ status: 200 }, 'info', 'token'],
    [{ status: 404, problem: 'refused' }, 'info', 'token'],
    [{ problem: 'aborted' }, 'info', 'token'],
    [{ status: 502, problem: 'upstream-failed' }, 'warn', 'token: request failed'],
    [{ phase: 'upstream', problem: 'upstream-busy' }, 'warn', 'token: upstream failed'],
    [{ phase: 'upstream', status: 200 }, 'debug', 'token: upstream'],
    [{ phase: 'breaker', state: 'open' }, 'warn', 'The provider is down. Pages with a fallback open their next provider.'],
    [{ phase: 'breaker', state: 'half-open' }, 'debug', 'token: breaker'],
    [{ phase: 'breaker', state: 'closed' }, 'info', 'The provider works again.'],
    [{ phase: 'input', field: 'buyer.postalCode' as never, change: 'omitted' }, 'debug', 'token: input'],
  ])('gives %j the level %s', (details, level, msg) => {
    const { monitor, lines } = createMonitor();
    monitor.onEvent({ ...event, ...details });
    expect(lines).toEqual([expect.objectContaining({ level, msg, ms: 13 })]);
  });
});

describe('an error in the log', () => {
  it('has its message if it is one of our own sentences', () => {
    const { monitor, lines } = createMonitor();
    monitor.onError(new BackendError('The shop failed.', { status: 500 }), { requestId: 'r-1', reference: 'A-1001' });
    monitor.onError(new OrderInvalid('Sold out.'));
    expect(lines).toMatchObject([
      { level: 'error', error: 'BackendError', message: 'The shop failed.', status: 500, requestId: 'r-1', reference: 'A-1001' },
      { error: 'OrderInvalid', message: 'Sold out.' },
    ]);
    expect(lines[0]).not.toHaveProperty('at');
  });

  it('has its place instead of its message if that may quote a body', () => {
    const { monitor, lines } = createMonitor();
    const error = Object.assign(new TypeError('a secret\n    at a-second-secret'), { code: 'ECONNRESET' });
    monitor.onError(error);
    expect(lines).toMatchObject([{ error: 'TypeError', code: 'ECONNRESET' }]);
    const [{ at }] = lines as [{ readonly at: readonly string[] }];
    expect(at[0]).toContain('log.node.test.ts');
    expect(at.length).toBeLessThanOrEqual(5);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it.each([
    ['a secret', 'string'],
    [undefined, 'undefined'],
    [{ message: 'a secret' }, 'object'],
  ])('has the kind only if %j was thrown', (thrown, kind) => {
    const { monitor, lines } = createMonitor();
    monitor.onError(thrown);
    expect(lines).toEqual([{ level: 'error', time: expect.any(String) as string, error: kind, msg: 'A request failed.' }]);
  });

  it('can do without a stack', () => {
    const { monitor, lines } = createMonitor();
    const error = new Error('a secret');
    delete error.stack;
    monitor.onError(error);
    expect(lines).toMatchObject([{ error: 'Error', at: [] }]);
  });
});

describe('other lines of the log', () => {
  it('says which outcome call waits, or was given up', () => {
    const payment = { provider: 'payroc', environment: 'sandbox', order: 'A-1001', id: 'P-1' } as const;
    const order = { reference: 'A-1001', amount: 1050, currency: 'PEN' };
    const outcome = { outcome: 'paid', payment, details: order, order, provider: 'payroc', environment: 'sandbox' } as const;
    const call = createOutcomeCall(outcome, new Date('2026-05-01T12:00:00Z'));
    const place = { provider: 'payroc', payment: 'P-1', reference: 'A-1001', outcome: 'paid', decidedAt: '2026-05-01T12:00:00.000Z' };
    const { monitor, lines } = createMonitor();
    monitor.onDelayed(new BackendError('The shop failed.'), call, true);
    monitor.onGivenUp(new BackendError('The shop failed.'), call);
    monitor.onRedisError(Object.assign(new Error('redis://:password@redis'), { code: 'ECONNREFUSED' }));
    expect(lines).toMatchObject([
      { level: 'error', msg: "The shop's `outcome` call failed.", message: 'The shop failed.', isSentAgain: true, ...place },
      { level: 'fatal', msg: expect.stringContaining("Record the payment in the shop's backend by hand") as string, ...place },
      { level: 'error', msg: expect.stringMatching(/^Redis failed\. /) as string, code: 'ECONNREFUSED' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('password');
  });

  it('warns of a forged payment, with the order', () => {
    const { monitor, lines } = createMonitor();
    const outcome = { provider: 'payme', environment: 'sandbox', order: { reference: 'A-1001', amount: 1050, currency: 'PEN' } };
    monitor.onOutcome({ ...outcome, outcome: 'forged', reason: 'signature' } as never);
    monitor.onOutcome({ ...outcome, outcome: 'paid' } as never);
    expect(lines).toMatchObject([{ level: 'warn', provider: 'payme', reason: 'signature', reference: 'A-1001' }]);
  });

  it('warns once', () => {
    const { monitor, lines } = createMonitor();
    for (const message of ['one', 'two', 'one']) monitor.warnOnce(message);
    expect(lines.map(({ msg }) => msg)).toEqual(['one', 'two']);
  });

  it('names what is set without effect when the process starts', async () => {
    const { log } = await startAll({ PAY_ORIGIN: 'https://a.example' });
    expect(log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'The variable PAY_ORIGIN has no effect. Check its name in docs/serve.md.' }),
    );
  });

  it('goes to the output of the process by default', () => {
    expect(createLogger('silent').level).toBe('silent');
  });
});
