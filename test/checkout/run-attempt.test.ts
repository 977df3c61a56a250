import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import { fakeClock, until } from '../support/clock.js';
import { deferred } from '../support/deferred.js';
import { checkout, create, goodToken, reaches, ready, statesOf } from '../support/element.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

let names = 0;

/** A provider whose script the test server delivers immediately, whatever the test's clock says. */
function registerWithScript(): MadeUp {
  const global = `attemptsLibrary${++names}`;
  return registerMadeUp({
    assets: { sandbox: { global, script: { url: `${location.origin}/test/support/library.js?global=${global}` } } },
  });
}

describe('runAttempt', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('requests the token and loads the assets in parallel', async () => {
    const madeUp = registerWithScript();
    const requested = deferred();
    let requests = 0;
    const requestToken = () => (requests++, requested.resolve(), new Promise<object>(() => {}));
    const url = madeUp.provider.assets.sandbox!.script!.url;
    await checkout({ provider: madeUp.name, requestToken });
    await requested.promise;
    expect(document.querySelector(`script[src="${url}"]`)).to.not.equal(null);
    expect(requests).to.equal(1);
    expect(madeUp.openings).to.have.length(0);
  });

  it('builds the schemas after it has sent the token request, and before the response', async () => {
    const steps: string[] = [];
    const built = deferred();
    const token: Provider['token'] = {
      safeParse: (input) => (steps.push('schema'), built.resolve(), canonicalToken.safeParse(input)),
    };
    const { name } = registerMadeUp({ token });
    await checkout({ provider: name, requestToken: () => (steps.push('request'), new Promise<object>(() => {})) });
    await built.promise;
    expect(steps).to.deep.equal(['request', 'schema']);
  });

  it('requests another token when the first one expires while the assets load', async () => {
    const madeUp = registerWithScript();
    let requests = 0;
    const requestToken = () => Promise.resolve({ token: `token-${++requests}`, expiresIn: 3 });
    const element = create({ provider: madeUp.name, requestToken });
    // The token is requested in the task that injects the script. Then 5 s pass before the script can arrive.
    element.addEventListener('pay-timing', () => requests === 1 && clock.tick(5_000), { once: true });
    document.body.append(element);
    const { context } = await madeUp.opened(1);
    expect(context.token).to.equal('token-2');
    expect(requests).to.equal(2);
    element.remove();
  });

  it('fails after three tokens that have expired on arrival', async () => {
    const madeUp = registerMadeUp();
    let requests = 0;
    const element = await checkout({
      provider: madeUp.name,
      requestToken: () => Promise.resolve({ token: `${++requests}`, expiresIn: 0 }),
    });
    expect(await reaches(element, 'failed')).to.deep.include({ attempt: 1 });
    expect(element.state).to.have.nested.property('error.code', 'token');
    expect(element.state).to.have.nested.property('error.reason', 'stale');
    expect(requests).to.equal(3);
  });

  it('requests another token when a listener of the page blocks until the first one expires', async () => {
    const madeUp = registerMadeUp();
    let requests = 0;
    const element = create({ provider: madeUp.name, requestToken: () => Promise.resolve({ token: `token-${++requests}` }) });
    element.addEventListener('pay-initializing', () => requests === 1 && clock.tick(40_000), { once: true });
    document.body.append(element);
    expect((await madeUp.opened(1)).context.token).to.equal('token-2');
    element.remove();
  });

  it('reports the duration of each phase', async () => {
    clock.restore();
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const phases: string[] = [];
    element.addEventListener('pay-timing', ({ phase, duration, attempt, tries }) => {
      expect(duration).to.be.at.least(0);
      phases.push([phase, attempt, tries].join(' '));
    });
    document.body.append(element);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    expect(phases).to.have.members(['token 1 1', 'assets 1 1', 'mount 1 1']);
    expect(performance.getEntriesByName('pay-checkout:mount')).to.not.have.length(0);
    element.remove();
  });

  it('fails with `endpoint` / `offline` while the token is missing, even if an asset fails first', async () => {
    const url = `${location.origin}/nowhere.js?${++names}`;
    const madeUp = registerMadeUp({ assets: { sandbox: { global: 'x', script: { url } } } });
    const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine')!;
    Object.defineProperty(Navigator.prototype, 'onLine', { configurable: true, get: () => false });
    try {
      const element = await checkout({ provider: madeUp.name, requestToken: () => new Promise(() => {}) });
      await settled();
      for (let n = 1; n <= 3; n++) {
        document.querySelector(`script[src^="${url}"]`)?.dispatchEvent(new Event('error'));
        await clock.tickAsync(1_000);
      }
      expect(await reaches(element, 'failed')).to.have.nested.property('error.code', 'endpoint');
      expect(element.state).to.have.nested.property('error.reason', 'offline');
    } finally {
      Object.defineProperty(Navigator.prototype, 'onLine', online);
    }
  });

  it('names a `requestToken` that throws, and the type of its error, without its message', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, requestToken: () => Promise.reject(new RangeError(goodToken.token)) });
    await clock.tickAsync(5_000);
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains('`requestToken` threw: RangeError');
    expect(state).to.have.nested.property('error.message').that.does.not.contain(goodToken.token);
  });

  describe('when the shopper has waited for a minute', () => {
    it('fails with `endpoint` / `timeout` if the token is missing', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name, requestToken: () => new Promise(() => {}) });
      const states = statesOf(element);
      await clock.tickAsync(60_000);
      expect(states).to.deep.equal(['failed']);
      expect(element.state).to.have.nested.property('error.code', 'endpoint');
      expect(element.state).to.have.nested.property('error.reason', 'timeout');
    });

    it('fails with `asset` / `timeout` if a script is missing, even one that the page itself injected', async () => {
      const hanging = new Hostile('hang');
      const ownScript = document.head.appendChild(Object.assign(document.createElement('script'), { src: hanging.url }));
      const madeUp = registerMadeUp({ assets: { sandbox: hanging.assets } });
      const element = await checkout({ provider: madeUp.name });
      await settled();
      await clock.tickAsync(60_000);
      expect(element.state).to.have.nested.property('error.code', 'asset');
      expect(element.state).to.have.nested.property('error.reason', 'timeout');
      ownScript.remove();
      for (const _ of await hanging.requests()) await hanging.release();
    });

    it('fails with `endpoint` if the token expired meanwhile and its replacement is missing', async () => {
      const madeUp = registerWithScript();
      const responses: (() => Promise<object>)[] = [() => Promise.resolve({ token: 'old', expiresIn: 3 })];
      const never = () => new Promise<object>(() => {});
      const element = create({ provider: madeUp.name, requestToken: () => (responses.shift() ?? never)() });
      element.addEventListener('pay-timing', () => clock.tick(5_000), { once: true });
      document.body.append(element);
      const { global } = madeUp.provider.assets.sandbox!;
      // The server delivers the script in real time, which the test's clock does not control.
      await until(() => global in window, 'the script');
      await clock.tickAsync(60_000);
      expect(element.status).to.equal('failed');
      expect(element.state).to.have.nested.property('error.code', 'endpoint');
      element.remove();
    });

    it('fails with `provider` if the form is not ready', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name });
      await madeUp.opened(1);
      await clock.tickAsync(60_000);
      expect(element.state).to.have.nested.property('error.code', 'provider');
      expect(element.state.attempt).to.equal(1);
    });

    it('keeps a form that is open', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      await clock.tickAsync(3_600_000);
      expect(element.status).to.equal('ready');
    });
  });
});
