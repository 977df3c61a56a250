import { expect } from '@open-wc/testing';
import type { Attempt } from '../../src/checkout/attempt.js';
import { TokenSource } from '../../src/checkout/token-source.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import type { Token } from '../../src/endpoint/request-token.js';
import { until } from '../support/clock.js';
import { deferred } from '../support/deferred.js';

const provider = { token: canonicalToken, lifetime: 60 } as Partial<Provider> as Provider;

function stage() {
  const [adapter, answer, controller] = [deferred<Provider>(), deferred<object>(), new AbortController()];
  const seen: Token[] = [];
  const told: string[] = [];
  const attempt = {
    number: 1,
    settings: {
      provider: 'made-up',
      environment: 'sandbox',
      tokenEndpoint: new URL('/token', location.href),
      credentials: 'omit',
      config: {},
    },
    signal: controller.signal,
    requestToken: () => answer.promise,
    tell: ({ phase }) => told.push(phase),
    onToken: (token) => seen.push(token),
  } as Partial<Attempt> as Attempt;
  return { adapter, answer, controller, seen, told, tokens: new TokenSource(attempt, adapter.promise) };
}

describe('a token whose adapter is still on its way', () => {
  it('is asked for at once and read when the adapter is here; its phase ends with the answer', async () => {
    const { adapter, answer, seen, told, tokens } = stage();
    const asking = tokens.ask();
    expect(tokens.isMissing).to.be.true;
    answer.resolve({ token: 'made-up-token' });
    await until(() => !tokens.isMissing, 'the response with the token');
    expect(told).to.deep.equal(['token']);
    expect(seen).to.deep.equal([]);
    adapter.resolve(provider);
    expect((await asking).value).to.equal('made-up-token');
    expect(seen).to.have.length(1);
  });

  it('belongs to nobody where the attempt ends meanwhile', async () => {
    const { adapter, answer, controller, seen, tokens } = stage();
    const asking = tokens.ask().catch((error: unknown) => error);
    answer.resolve({ token: 'made-up-token' });
    await until(() => !tokens.isMissing, 'the response with the token');
    controller.abort();
    adapter.resolve(provider);
    expect(await asking).to.equal(controller.signal.reason);
    expect(seen).to.deep.equal([]);
  });
});
