import { expect } from '@open-wc/testing';
import type { AttemptContext, AttemptEvent } from '../../src/checkout/attempt.js';
import { TokenSource } from '../../src/checkout/token-source.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import { until } from '../support/clock.js';
import { deferred } from '../support/deferred.js';

const provider = { token: canonicalToken, lifetime: 60 } as Partial<Provider> as Provider;

function createTokenSource() {
  const [adapter, response, controller] = [deferred<Provider>(), deferred<object>(), new AbortController()];
  const events: AttemptEvent[] = [];
  const phases: string[] = [];
  const settings = {
    provider: 'made-up',
    wanted: 'made-up',
    fallback: [],
    environment: 'sandbox' as const,
    tokenEndpoint: new URL('/token', location.href),
    credentials: 'omit' as const,
    config: {},
  };
  const context: AttemptContext = {
    attempt: { number: 1, settings, controller, hasReported: false },
    signal: controller.signal,
    page: { host: document.body, locale: 'en', frameTitle: '', isManual: false, requestToken: () => response.promise },
    timeout: new AbortController().signal,
    emit: (event) => void events.push(event),
    onTiming: ({ phase }) => void phases.push(phase),
    onRetry: () => {},
    report: () => {},
  };
  return { adapter, response, controller, events, phases, tokens: new TokenSource(context, adapter.promise) };
}

const isToken = (event: AttemptEvent) => 'token' in event;

describe('TokenSource', () => {
  describe('while the adapter is loading', () => {
    it('requests the token, and reads the response when the adapter has loaded', async () => {
      const { adapter, response, events, phases, tokens } = createTokenSource();
      const requesting = tokens.request();
      expect(tokens.isAwaitingResponse).to.be.true;
      response.resolve({ token: 'made-up-token' });
      await until(() => !tokens.isAwaitingResponse, 'the response with the token');
      expect(phases).to.deep.equal(['token']);
      expect(events).to.deep.equal([]);
      adapter.resolve(provider);
      expect((await requesting).value).to.equal('made-up-token');
      expect(events.filter(isToken)).to.have.length(1);
    });

    it('emits no token if the attempt ends meanwhile', async () => {
      const { adapter, response, controller, events, tokens } = createTokenSource();
      const requesting = tokens.request().catch((error: unknown) => error);
      response.resolve({ token: 'made-up-token' });
      await until(() => !tokens.isAwaitingResponse, 'the response with the token');
      controller.abort();
      adapter.resolve(provider);
      expect(await requesting).to.equal(controller.signal.reason);
      expect(events.filter(isToken)).to.deep.equal([]);
    });
  });
});
