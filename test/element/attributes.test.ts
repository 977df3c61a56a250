import { expect } from '@open-wc/testing';
import { checkout, create, goodToken, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';
import { countRequests } from './count-requests.js';
import { insertElement } from './insert-element.js';

describe('<pay-checkout>', () => {
  it('treats null and undefined as the default', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { environment: null });
    expect(element.environment).to.equal('production');
    expect(madeUp.last.context.environment).to.equal('production');
  });

  it('reads `config` as JSON, and prefers the keys that the endpoint sends', async () => {
    const madeUp = registerMadeUp();
    const requestToken = () => Promise.resolve({ ...goodToken, config: { amount: 5 } });
    const element = create({ provider: madeUp.name, requestToken });
    element.setAttribute('config', '{"amount": 1, "colour": "blue"}');
    await insertElement(element);
    await madeUp.opened(1);
    expect(madeUp.last.context.config).to.deep.equal({ amount: 5, colour: 'blue' });
  });

  describe('when attributes change', () => {
    it('starts one attempt for several changes in one update', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      element.order = 'B-2';
      element.credentials = 'include';
      element.config = { display: 1 };
      await madeUp.opened(2);
      await settled();
      expect(madeUp.openings).to.have.length(2);
      expect(element.state.attempt).to.equal(2);
    });

    it('starts one attempt for twenty changes in one update', async () => {
      const madeUp = registerMadeUp();
      const endpoint = countRequests();
      const element = await ready(madeUp, endpoint);
      const states = statesOf(element);
      for (let n = 1; n <= 5; n++) {
        element.setAttribute('order', `A-${n}`);
        element.setAttribute('token-endpoint', `/token/${n}`);
        element.setAttribute('config', JSON.stringify({ n }));
        element.setAttribute('credentials', n % 2 ? 'include' : 'omit');
      }
      (await madeUp.opened(2)).drawn.resolve();
      await reaches(element, 'ready');
      expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
      expect([endpoint.requests, element.state.attempt, element.childElementCount]).to.deep.equal([2, 2, 1]);
      expect(madeUp.last.context.config).to.deep.equal({ n: 5 });
    });

    it('keeps its form when an attribute changes and changes back in one update', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { order: 'A-1' });
      for (let n = 2; n <= 20; n++) element.setAttribute('order', `A-${n}`);
      element.setAttribute('order', 'A-1');
      await element.updateComplete;
      expect([element.status, madeUp.openings.length]).to.deep.equal(['ready', 1]);
    });

    it('ignores an equal config, whatever the order of its keys', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { config: { a: 1, b: { c: 2, d: 3 } } });
      element.config = { b: { d: 3, c: 2 }, a: 1 };
      await element.updateComplete;
      expect(element.status).to.equal('ready');
    });

    it('ignores a new requestToken, other messages and another locale', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      element.requestToken = () => Promise.resolve(goodToken);
      element.messages = { loading: 'One moment' };
      element.locale = 'en';
      await element.updateComplete;
      expect(element.status).to.equal('ready');
    });

    it('starts another attempt when a listener of its own event changes an attribute', async () => {
      const madeUp = registerMadeUp();
      const element = create({ provider: madeUp.name, order: 'A-1' });
      element.addEventListener('pay-loading', () => (element.order = 'A-2'), { once: true });
      await insertElement(element);
      await reaches(element, 'initializing');
      expect(element.state.attempt).to.equal(2);
    });

    it('starts a new attempt after a success only for another order', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { order: 'A-1' });
      madeUp.report({ status: 'succeeded', raw: {} });
      element.config = { other: true };
      await element.updateComplete;
      expect(element.status).to.equal('succeeded');
      element.order = 'A-2';
      await reaches(element, 'initializing');
    });

    it('starts when `loading` changes from manual to eager, and ignores a later load()', async () => {
      const madeUp = registerMadeUp();
      const endpoint = countRequests();
      const element = await checkout({ provider: madeUp.name, loading: 'manual', ...endpoint });
      await element.updateComplete;
      element.loading = 'eager';
      await madeUp.opened(1);
      element.load();
      element.loading = 'manual';
      await element.updateComplete;
      await settled();
      expect([endpoint.requests, element.state.attempt]).to.deep.equal([1, 1]);
    });

    it('fails when its attributes become wrong, even after another attempt has ended', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      madeUp.report({ status: 'cancelled' });
      element.tokenEndpoint = 'javascript:alert(1)';
      await reaches(element, 'failed');
      element.tokenEndpoint = 'http://shop.example/token';
      await element.updateComplete;
      expect(element.state).to.have.nested.property('error.message').that.contains('"http://shop.example/token"');
    });
  });

  describe('when an attribute is wrong', () => {
    it('fails with a message that names the attribute, and starts when it is corrected', async () => {
      const madeUp = registerMadeUp();
      const element = create({ provider: madeUp.name, tokenEndpoint: '' });
      await insertElement(element);
      const state = await reaches(element, 'failed');
      expect(state).to.have.nested.property('error.code', 'config');
      expect(state).to.have.nested.property('error.message').that.contains('`token-endpoint` should be').and.contains('but was empty');
      element.tokenEndpoint = '/token';
      await reaches(element, 'initializing');
    });

    it('rejects an unknown value of `loading`', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name, loading: 'sometimes' });
      expect(await reaches(element, 'failed'))
        .to.have.nested.property('error.message')
        .that.contains('`loading` should be one of eager, lazy, manual');
    });

    it('rejects a `config` that is not JSON', async () => {
      const madeUp = registerMadeUp();
      const element = create({ provider: madeUp.name });
      element.setAttribute('config', '{"display":');
      await insertElement(element);
      expect(await reaches(element, 'failed'))
        .to.have.nested.property('error.message')
        .that.contains('`config` should be a JSON object');
      element.setAttribute('config', '');
      await madeUp.opened(1);
    });

    it('names the environments of the provider', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name, environment: 'test' });
      const state = await reaches(element, 'failed');
      expect(state).to.have.nested.property('error.message').that.contains('one of sandbox, production');
    });

    it('rejects a `config` that the provider cannot open a form with', async () => {
      const refusing = { safeParse: () => ({ success: false as const, error: { issues: [{ path: ['payload'], expected: 'object' }] } }) };
      const madeUp = registerMadeUp({ config: refusing });
      const element = await checkout({ provider: madeUp.name });
      const state = await reaches(element, 'failed');
      expect(state).to.have.nested.property('error.reason', 'provider-config');
      expect(state).to.have.nested.property('error.message').that.contains('`payload` should be object');
      expect(element.querySelector('[slot=form]')).to.equal(null);
    });
  });
});
