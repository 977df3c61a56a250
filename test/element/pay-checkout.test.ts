import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { restore, stub } from 'sinon';
import { PayCheckout, type CheckoutError } from '../../src/index.js';
import type { PayStateEvent } from '../../src/state/events.js';
import { deferred } from '../support/deferred.js';
import { checkout, create, goodToken, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';
import { addContainer } from './add-container.js';
import { insertElement } from './insert-element.js';

function button(element: PayCheckout, part: string): HTMLButtonElement {
  return element.shadowRoot!.querySelector<HTMLButtonElement>(`[part=${part}]`)!;
}

describe('<pay-checkout>', () => {
  it('enters loading, initializing and ready while the provider opens its form', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const states = statesOf(element);
    await insertElement(element);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
    expect(madeUp.last.context.token).to.equal(goodToken.token);
  });

  it('sets and freezes its state before it dispatches the event', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const observed: unknown[] = [];
    element.addEventListener('pay-loading', (event) => {
      const { state } = event as PayStateEvent;
      observed.push(state === element.state, Object.isFrozen(state), element.status, element.getAttribute('status'));
    });
    await insertElement(element);
    await reaches(element, 'initializing');
    expect(observed).to.deep.equal([true, true, 'loading', 'loading']);
  });

  it('dispatches events that bubble and cross shadow roots', async () => {
    const madeUp = registerMadeUp();
    const outer = document.createElement('div');
    const received = deferred<Event>();
    outer.addEventListener('pay-loading', received.resolve, { once: true });
    outer.attachShadow({ mode: 'open' }).append(create({ provider: madeUp.name }));
    await insertElement(outer);
    expect((await received.promise).target).to.equal(outer);
  });

  it('fails with reason `mismatch` when the endpoint is for another environment', async () => {
    const madeUp = registerMadeUp();
    const problem = { type: 'urn:pay-checkout:problem:mismatch', status: 422, detail: 'secret' };
    const headers = { 'Content-Type': 'application/problem+json' };
    const refusal = () => Promise.resolve(new Response(JSON.stringify(problem), { status: 422, headers }));
    const element = await checkout({ provider: madeUp.name, requestToken: refusal });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'mismatch');
  });

  it("shows the shopper the endpoint's sentence in place of its own", async () => {
    const headers = { 'Content-Type': 'application/problem+json' };
    const refusal = () => Promise.resolve(new Response('{"shopperMessage": "Agotado."}', { status: 422, headers }));
    const element = await checkout({ provider: registerMadeUp().name, requestToken: refusal });
    await reaches(element, 'failed');
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[role=alert] [part=message]')).to.have.trimmed.text('Agotado.');
  });

  it('shows that sentence also after a refusal of the outcome endpoint, and no button', async () => {
    const headers = { 'Content-Type': 'application/problem+json' };
    const requestOutcome = () => Promise.resolve(new Response('{"shopperMessage": "Llámanos."}', { status: 409, headers }));
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { outcomeEndpoint: '/outcome' });
    element.requestOutcome = requestOutcome;
    madeUp.report({ status: 'succeeded', raw: {} });
    expect(await reaches(element, 'pending')).to.have.nested.property('error.retryable', false);
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part=message]')).to.have.trimmed.text('Llámanos.');
    expect(element.shadowRoot!.querySelector('[part=retry]')).to.equal(null);
  });

  it('preloads the files of a provider, without evaluating them', async () => {
    const url = `${location.origin}/test/support/library.js?global=preloaded`;
    const madeUp = registerMadeUp({ assets: { production: { global: 'preloaded', script: { url } } } });
    await PayCheckout.preload({ provider: madeUp.name });
    expect(document.querySelectorAll(`link[rel=preload][href="${url}"]`)).to.have.length(1);
    expect('preloaded' in window).to.be.false;
  });

  it('rejects the preload of an unknown provider or environment', async () => {
    const { name } = registerMadeUp({ assets: { production: { global: 'preloaded' } } });
    const reasons = await Promise.all(
      [{ provider: 'unknown' }, { provider: name, environment: 'sandbox' as const }].map((options) =>
        PayCheckout.preload(options).catch((error: CheckoutError) => [error.code, error.reason]),
      ),
    );
    expect(reasons).to.deep.equal([
      ['config', 'unknown-provider'],
      ['config', 'environment'],
    ]);
  });

  it('starts when the provider that it waits for is registered', async () => {
    const element = await checkout({ provider: 'later' });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'unknown-provider');
    registerMadeUp({}, 'later');
    await reaches(element, 'initializing');
  });

  it('logs the reason for a failure, without the words of the provider', async () => {
    const warned = stub(console, 'warn');
    const token = { safeParse: () => ({ success: true as const, data: { refusal: 'S3CR3T' } }) };
    const element = await checkout({ provider: registerMadeUp({ token }).name });
    const state = await reaches(element, 'failed');
    restore();
    expect(warned.args.flat().join()).to.contain(`pay-checkout: ${(state as { error?: Error }).error?.message} (`);
    expect(String(warned.args)).to.contain('refused a token').and.not.contain('S3CR3T');
  });

  it("logs what a provider of the page's own throws, whole", async () => {
    const logged = stub(console, 'error');
    const exception = new RangeError('The merchant can read this.');
    const { name } = registerMadeUp({ mount: () => Promise.reject(exception) });
    await reaches(await checkout({ provider: name }), 'failed');
    restore();
    expect(logged.args).to.have.length(1);
    expect(logged.args[0]![0]).to.contain('pay-checkout: a provider of this page threw an error. (provider/threw: https://');
    expect(logged.args[0]![1]).to.equal(exception);
  });

  it('builds the schemas of the provider before the token arrives, and ignores what they throw then', async () => {
    const response = deferred<object>();
    const first = deferred<unknown>();
    const rejections: Event[] = [];
    const onRejection = (event: Event) => rejections.push(event);
    const throwing = {
      safeParse(data: unknown) {
        first.resolve(data);
        if (Object.keys(data as object).length === 0) throw new Error('nothing given');
        return { success: true as const, data };
      },
    };
    const madeUp = registerMadeUp({ config: throwing });
    const element = create({ provider: madeUp.name, config: { amount: 1 }, requestToken: () => response.promise });
    window.addEventListener('unhandledrejection', onRejection);
    await insertElement(element);
    expect(await first.promise).to.deep.equal({});
    expect(element.status).to.equal('loading');
    response.resolve(goodToken);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    window.removeEventListener('unhandledrejection', onRejection);
    expect(rejections).to.be.empty;
    expect(madeUp.last.context.config).to.deep.equal({ amount: 1 });
  });

  it('makes the form operable only when it is ready', async () => {
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

  it("keeps what the shopper types out of the merchant's form, and does not submit it on Enter", async () => {
    const form = addContainer('form');
    let submissions = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submissions++;
    });
    form.innerHTML = '<button>Order</button>';
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name, loading: 'manual' });
    form.append(element);
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>('[part=start]')!.click();
    const { context, drawn } = await madeUp.opened(1);
    context.container.innerHTML = '<input name="number"><input name="cvv"><button name="pay" value="1">Pay</button>';
    drawn.resolve();
    await reaches(element, 'ready');
    for (const input of context.container.querySelectorAll('input')) {
      input.focus();
      await sendKeys({ type: '4111' });
      await sendKeys({ press: 'Enter' });
      expect(input.value).to.equal('4111');
    }
    context.container.querySelector('button')!.click();
    expect([[...new FormData(form).keys()], submissions]).to.deep.equal([[], 0]);
  });

  describe('with loading="manual"', () => {
    it('waits for its start button', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name, loading: 'manual' });
      await element.updateComplete;
      expect(element.status).to.equal('idle');
      button(element, 'start').click();
      await reaches(element, 'initializing');
      await element.updateComplete;
      expect(button(element, 'start')).to.equal(null);
    });

    it('waits for load(), and ignores a second call', async () => {
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
});
