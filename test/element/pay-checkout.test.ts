import { expect, fixture, html } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { PayCheckout } from '../../src/index.js';
import type { PayStateEvent } from '../../src/state/events.js';
import { deferred } from '../support/deferred.js';
import { checkout, create, goodToken, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { rendered, settled } from '../support/work.js';

function place(element: HTMLElement): Promise<Element> {
  return fixture(html`<div>${element}</div>`);
}

function button(element: PayCheckout, part: string): HTMLButtonElement {
  return element.shadowRoot!.querySelector<HTMLButtonElement>(`[part=${part}]`)!;
}

describe('<pay-checkout>', () => {
  it('goes from loading over initializing to ready when the provider has drawn its form', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const states = statesOf(element);
    await place(element);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
    expect(madeUp.last.context.token).to.equal(goodToken.token);
  });

  it('has its state and status set, and frozen, before the event is dispatched', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const seen: unknown[] = [];
    element.addEventListener('pay-loading', (event) => {
      const { state } = event as PayStateEvent;
      seen.push(state === element.state, Object.isFrozen(state), element.status, element.getAttribute('status'));
    });
    await place(element);
    await reaches(element, 'initializing');
    expect(seen).to.deep.equal([true, true, 'loading', 'loading']);
  });

  it('dispatches events that bubble and cross shadow roots', async () => {
    const madeUp = registerMadeUp();
    const outer = document.createElement('div');
    const heard = deferred<Event>();
    outer.addEventListener('pay-loading', heard.resolve, { once: true });
    outer.attachShadow({ mode: 'open' }).append(create({ provider: madeUp.name }));
    await place(outer);
    expect((await heard.promise).target).to.equal(outer);
  });

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

  it('starts none for an equal config, whatever the order of its keys', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { config: { a: 1, b: { c: 2, d: 3 } } });
    element.config = { b: { d: 3, c: 2 }, a: 1 };
    await element.updateComplete;
    expect(element.status).to.equal('ready');
  });

  it('starts none for a new requestToken, other texts or another locale', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    element.requestToken = () => Promise.resolve(goodToken);
    element.messages = { loading: 'One moment' };
    element.locale = 'en';
    await element.updateComplete;
    expect(element.status).to.equal('ready');
  });

  it('follows an attribute that a listener of its own event changes', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name, order: 'A-1' });
    element.addEventListener('pay-loading', () => (element.order = 'A-2'), { once: true });
    await place(element);
    await reaches(element, 'initializing');
    expect(element.state.attempt).to.equal(2);
  });

  it('takes null and undefined for the default', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { environment: null });
    expect(element.environment).to.equal('production');
    expect(madeUp.last.context.environment).to.equal('production');
  });

  it('reads its config attribute as JSON, and the endpoint wins key by key', async () => {
    const madeUp = registerMadeUp();
    const requestToken = () => Promise.resolve({ ...goodToken, config: { amount: 5 } });
    const element = create({ provider: madeUp.name, requestToken });
    element.setAttribute('config', '{"amount": 1, "colour": "blue"}');
    await place(element);
    await madeUp.opened(1);
    expect(madeUp.last.context.config).to.deep.equal({ amount: 5, colour: 'blue' });
  });

  it('fails with a sentence that names the attribute, and starts when it is put right', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name, tokenEndpoint: '' });
    await place(element);
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.code', 'config');
    expect(state).to.have.nested.property('error.message').that.contains('`token-endpoint` should be').and.contains('but was empty');
    element.tokenEndpoint = '/token';
    await reaches(element, 'initializing');
  });

  it('says so when its loading is none that there is', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, loading: 'sometimes' });
    expect(await reaches(element, 'failed'))
      .to.have.nested.property('error.message')
      .that.contains('`loading` should be one of eager, lazy, manual');
  });

  it('says so when page and endpoint disagree on the environment', async () => {
    const madeUp = registerMadeUp();
    const problem = { type: 'urn:pay-checkout:problem:mismatch', status: 422, detail: 'secret' };
    const headers = { 'Content-Type': 'application/problem+json' };
    const refusal = () => Promise.resolve(new Response(JSON.stringify(problem), { status: 422, headers }));
    const element = await checkout({ provider: madeUp.name, requestToken: refusal });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'mismatch');
  });

  it('says so when its config is no JSON', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    element.setAttribute('config', '{"display":');
    await place(element);
    expect(await reaches(element, 'failed'))
      .to.have.nested.property('error.message')
      .that.contains('`config` should be a JSON object');
    element.setAttribute('config', '');
    await madeUp.opened(1);
  });

  it('has the files of a provider fetched ahead of time, and of none that it does not know', async () => {
    const url = `${location.origin}/test/support/library.js?global=preloaded`;
    const madeUp = registerMadeUp({ assets: { production: { global: 'preloaded', script: { url } } } });
    await PayCheckout.preload({ provider: madeUp.name });
    await PayCheckout.preload({ provider: madeUp.name, environment: 'sandbox' });
    await PayCheckout.preload({ provider: 'unknown' });
    expect(document.querySelectorAll(`link[rel=preload][href="${url}"]`)).to.have.length(1);
    expect('preloaded' in window).to.be.false;
  });

  it('says so when its attributes become wrong, whatever came of the attempt before', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report({ status: 'cancelled' });
    element.tokenEndpoint = 'javascript:alert(1)';
    await reaches(element, 'failed');
    element.tokenEndpoint = 'http://shop.example/token';
    await element.updateComplete;
    expect(element.state).to.have.nested.property('error.message').that.contains('"http://shop.example/token"');
  });

  it('starts by itself when the provider that it waits for is registered', async () => {
    const element = await checkout({ provider: 'later' });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'unknown-provider');
    registerMadeUp({}, 'later');
    await reaches(element, 'initializing');
  });

  it('says which environments the provider has', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, environment: 'test' });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains('one of sandbox, production');
  });

  it('is told of a provider config that cannot open a form', async () => {
    const refusing = { safeParse: () => ({ success: false as const, error: { issues: [{ path: ['payload'], expected: 'object' }] } }) };
    const madeUp = registerMadeUp({ config: refusing });
    const element = await checkout({ provider: madeUp.name });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.reason', 'provider-config');
    expect(state).to.have.nested.property('error.message').that.contains('`payload` should be object');
    expect(element.querySelector('[slot=form]')).to.equal(null);
  });

  it("tells the console why it failed, in our words and in nobody else's", async () => {
    const warned = stub(console, 'warn');
    const token = { safeParse: () => ({ success: true as const, data: { refusal: 'S3CR3T' } }) };
    const element = await checkout({ provider: registerMadeUp({ token }).name });
    const state = await reaches(element, 'failed');
    restore();
    expect(warned.args).to.deep.equal([[`pay-checkout: ${(state as { error?: Error }).error?.message}`]]);
    expect(String(warned.args)).to.contain('refused a token').and.not.contain('S3CR3T');
  });

  it('has the schemas of the provider built before its token is here, and lets them throw at that', async () => {
    const answer = deferred<object>();
    const first = deferred<unknown>();
    const failed: Event[] = [];
    const note = (event: Event) => failed.push(event);
    const warm = {
      safeParse(data: unknown) {
        first.resolve(data);
        if (Object.keys(data as object).length === 0) throw new Error('nothing given');
        return { success: true as const, data };
      },
    };
    const madeUp = registerMadeUp({ config: warm });
    const element = create({ provider: madeUp.name, config: { amount: 1 }, requestToken: () => answer.promise });
    window.addEventListener('unhandledrejection', note);
    await place(element);
    expect(await first.promise).to.deep.equal({});
    expect(element.status).to.equal('loading');
    answer.resolve(goodToken);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    window.removeEventListener('unhandledrejection', note);
    expect(failed).to.be.empty;
    expect(madeUp.last.context.config).to.deep.equal({ amount: 1 });
  });

  describe('with loading="manual"', () => {
    it('waits for its button', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name, loading: 'manual' });
      await element.updateComplete;
      expect(element.status).to.equal('idle');
      button(element, 'start').click();
      await reaches(element, 'initializing');
      await element.updateComplete;
      expect(button(element, 'start')).to.equal(null);
    });

    it('waits for load(), which does nothing a second time', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name, loading: 'manual' });
      element.load();
      element.load();
      await madeUp.opened(1);
      element.load();
      await settled();
      expect(madeUp.openings).to.have.length(1);
    });
  });

  it('with loading="lazy" starts when it comes near the viewport', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name, loading: 'lazy' });
    const spacer = document.createElement('div');
    spacer.style.height = '5000px';
    const page = document.createElement('div');
    page.append(spacer, element);
    await place(page);
    await rendered();
    expect(element.status).to.equal('idle');
    spacer.style.height = '0';
    await reaches(element, 'initializing');
  });

  it('asks for no token inside a closed dialog until that is opened', async () => {
    const madeUp = registerMadeUp();
    let asked = 0;
    const element = create({ provider: madeUp.name, requestToken: () => (asked++, Promise.resolve(goodToken)) });
    const dialog = document.createElement('dialog');
    dialog.append(element);
    await place(dialog);
    await rendered();
    expect([element.status, asked]).to.deep.equal(['loading', 0]);
    dialog.showModal();
    await reaches(element, 'initializing');
    expect(asked).to.equal(1);
  });

  it('restarts once when it is moved, with a new mount', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    const before = madeUp.last.context.container.id;
    const states = statesOf(element);
    element.parentElement!.append(document.createElement('p'), element);
    await madeUp.opened(2);
    expect(states).to.deep.equal(['loading', 'initializing']);
    expect(madeUp.last.context.container.id).to.not.equal(before);
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
  });

  it('keeps what was paid when it is taken out and put back', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report({ status: 'succeeded', raw: {} });
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    await element.updateComplete;
    await settled();
    expect(element.status).to.equal('succeeded');
    expect(madeUp.openings).to.have.length(1);
  });

  it('begins anew after a success only for another order', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { order: 'A-1' });
    madeUp.report({ status: 'succeeded', raw: {} });
    element.config = { other: true };
    await element.updateComplete;
    expect(element.status).to.equal('succeeded');
    element.order = 'A-2';
    await reaches(element, 'initializing');
  });

  it('lets two elements on a page pay for themselves', async () => {
    const [one, other] = [registerMadeUp(), registerMadeUp()];
    const elements = [await ready(one, { order: '1' }), await ready(other, { order: '2' })];
    one.report({ status: 'succeeded', raw: {} });
    expect(elements.map(({ status }) => status)).to.deep.equal(['succeeded', 'ready']);
    expect(one.last.context.container.id).to.not.equal(other.last.context.container.id);
  });

  it('hands the form to the shopper only when it is ready', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name });
    const { context, drawn } = await madeUp.opened(1);
    const { container } = context;
    expect(container.inert).to.equal(true);
    expect(container.parentElement).to.equal(element);
    drawn.resolve();
    await reaches(element, 'ready');
    expect(container.inert).to.equal(false);
  });

  it('stands aside for a copy that came first, and names both versions', async () => {
    const frame = document.createElement('iframe');
    await place(frame);
    // What is run in the frame counts as covered, too.
    Reflect.set(frame.contentWindow as Window, '__coverage__', Reflect.get(window, '__coverage__'));
    const { customElements: registry, console: log, document: page } = frame.contentWindow as Window & typeof globalThis;
    const { HTMLElement: Base } = frame.contentWindow as Window & typeof globalThis;
    registry.define(
      'pay-checkout',
      class extends Base {
        static version = '0.0.1';
      },
    );
    const said = deferred<string>();
    log.warn = said.resolve;
    page.body.append(Object.assign(page.createElement('script'), { type: 'module', src: '/src/index.ts' }));
    expect(await said.promise).to.match(/pay-checkout \d+\.\d+\.\d+ is not used: version 0\.0\.1/);
  });
});
