import { expect } from '@open-wc/testing';
import type { CheckoutError, PayCheckout } from '../../src/index.js';
import { until } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';
import { declined, paid, pending } from './sample-outcomes.js';

describe('Outcomes', () => {
  describe('without an outcome endpoint', () => {
    it('enters `succeeded` without confirmation, and removes the form', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      madeUp.report(paid);
      expect(element.state).to.deep.include({ status: 'succeeded', confirmed: false, attempt: 1 });
      expect(element.state).to.not.have.property('outcome');
      expect(element.state).to.have.nested.property('result.raw.card', 'visa');
      expect(JSON.stringify(element.state)).to.contain('r-1').and.not.contain('visa');
      expect(element.querySelector('[slot=form]')).to.equal(null);
    });

    it('dispatches no event for a repeated report', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      const states = statesOf(element);
      for (const outcome of [pending, pending, paid, paid, pending]) madeUp.report(outcome);
      expect(states).to.deep.equal(['pending', 'succeeded']);
    });

    it('keeps the form of an expired session, because it holds what the shopper typed', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      madeUp.report({ status: 'expired' });
      expect(element.status).to.equal('expired');
      expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
    });

    it('keeps the form of a pending payment until the provider reports a failure', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      madeUp.report(pending);
      expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
      madeUp.report(declined);
      expect(element.status).to.equal('failed');
      expect(element.querySelectorAll('[slot=form]')).to.have.length(0);
    });

    it('keeps the first of failed, cancelled and expired, unless a success follows', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      const states = statesOf(element);
      for (const outcome of [{ status: 'cancelled' }, declined, { status: 'expired' }, paid, declined] as const) madeUp.report(outcome);
      expect(states).to.deep.equal(['cancelled', 'succeeded']);
    });

    for (const ending of [declined, { status: 'cancelled' }, { status: 'expired' }] as const) {
      it(`enters \`pending\` for a report of ${ending.status} once money may have moved`, async () => {
        const madeUp = registerMadeUp();
        const element = await ready(madeUp);
        madeUp.last.context.onUncertain();
        const states = statesOf(element);
        madeUp.report(ending);
        madeUp.report(ending);
        expect(states).to.deep.equal(['pending']);
      });
    }

    it('offers no retry when the shopper closes a form that reported a pending payment', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      const isRetryOffered = async () => {
        await element.updateComplete;
        return element.shadowRoot!.querySelector('[part=retry]') !== null;
      };
      madeUp.report({ status: 'cancelled' });
      expect(await isRetryOffered()).to.equal(true);
      element.retry();
      (await madeUp.opened(2)).drawn.resolve();
      await reaches(element, 'ready');
      madeUp.report(pending);
      madeUp.report({ status: 'cancelled' });
      expect(element.status).to.equal('cancelled');
      expect(await isRetryOffered()).to.equal(false);
    });

    it('accepts a success of an earlier attempt, and ends the running attempt', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { order: 'A-1' });
      madeUp.report({ status: 'cancelled' });
      const first = madeUp.last.context;
      element.retry();
      const second = await madeUp.opened(2);
      first.report(paid);
      expect(element.state).to.deep.include({ status: 'succeeded', attempt: 1 });
      expect(second.context.signal.aborted).to.equal(true);
      expect(element.childElementCount).to.equal(0);
    });

    it('accepts a pending payment of an earlier attempt, and then its success', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      madeUp.report({ status: 'cancelled' });
      element.retry();
      await madeUp.opened(2);
      const [first, second] = madeUp.openings;
      first!.context.report(pending);
      second!.context.report({ status: 'cancelled' });
      expect(element.state).to.deep.include({ status: 'pending', attempt: 1 });
      first!.context.report(paid);
      expect(element.state).to.deep.include({ status: 'succeeded', attempt: 1 });
    });

    it('ignores an earlier attempt for another order', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { order: 'A-1' });
      element.order = 'A-2';
      (await madeUp.opened(2)).drawn.resolve();
      await reaches(element, 'ready');
      madeUp.openings[0]!.context.report(paid);
      madeUp.openings[0]!.context.report(declined);
      expect(element.state).to.deep.equal({ status: 'ready', attempt: 2, provider: madeUp.name });
    });
  });

  describe('with an outcome endpoint', () => {
    const { fetch } = window;
    let responses: Deferred<Response>[] = [];
    let requests: unknown[] = [];
    beforeEach(() => {
      responses = [];
      requests = [];
      window.fetch = async (url, init) => {
        requests.push(await new Request(url, init).json());
        responses.push(deferred());
        return responses.at(-1)!.promise;
      };
    });
    afterEach(() => (window.fetch = fetch));

    async function confirming(madeUp: MadeUp, outcome: typeof paid | typeof pending = paid): Promise<PayCheckout> {
      const element = await ready(madeUp, { order: 'A-1', outcomeEndpoint: '/outcome' });
      madeUp.report(outcome);
      await reaches(element, 'confirming');
      await settled();
      return element;
    }

    const respond = (outcome: string, n = 0, details: object = {}) => responses[n]!.resolve(Response.json({ outcome, ...details }));

    it('asks the backend at every report of an end once money may have moved', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp, pending);
      madeUp.last.context.onUncertain();
      respond('pending');
      await reaches(element, 'pending');
      madeUp.report({ status: 'expired' });
      expect(element.status).to.equal('confirming');
      await settled();
      expect(requests[1]).to.deep.equal(requests[0]);
      respond('declined', 1);
      await reaches(element, 'failed');
      expect(element.state).to.have.nested.property('error.code', 'declined');
    });

    const statuses = { paid: 'succeeded', authorized: 'succeeded', saved: 'succeeded', pending: 'pending', declined: 'failed' } as const;
    for (const [outcome, status] of Object.entries(statuses)) {
      it(`enters ${status} when the backend responds ${outcome}`, async () => {
        const madeUp = registerMadeUp();
        const element = await confirming(madeUp);
        expect(requests[0]).to.deep.equal({
          ...{ provider: madeUp.name, environment: 'sandbox', order: 'A-1', attempt: 1 },
          result: { provider: madeUp.name, reference: 'r-1', raw: { card: 'visa' } },
        });
        respond(outcome);
        await reaches(element, status);
        if (status === 'succeeded') expect(element.state).to.include({ confirmed: true, outcome });
        else expect(element.state).to.not.have.property('outcome');
        if (status === 'failed') expect(element.state).to.have.nested.property('error.code', 'declined');
      });
    }

    it('has the instructions of a pending payment in the frozen state', async () => {
      const instructions = { cip: '123456', expiresAt: '2026-05-04T12:00:00-05:00' };
      const element = await confirming(registerMadeUp(), pending);
      respond('pending', 0, { instructions });
      const state = await reaches(element, 'pending');
      expect(state).to.have.property('instructions').that.deep.equals(instructions).and.is.frozen;
      expect(state).to.have.nested.property('result.reference', 'r-1');
      expect(state).to.not.have.property('error');
    });

    it('has no instructions in the state of a paid order', async () => {
      const element = await confirming(registerMadeUp());
      respond('paid', 0, { instructions: { cip: '123456' }, reason: 'returned' });
      expect(await reaches(element, 'succeeded')).to.have.all.keys('status', 'attempt', 'provider', 'result', 'confirmed', 'outcome');
    });

    for (const [outcome, status] of [
      ['paid', 'succeeded'],
      ['pending', 'pending'],
      ['declined', 'failed'],
    ] as const) {
      it(`shows the backend's sentence for the shopper, as text, with ${outcome}`, async () => {
        const element = await confirming(registerMadeUp());
        respond(outcome, 0, { shopperMessage: 'Recógelo <b>mañana</b>.' });
        await reaches(element, status);
        await element.updateComplete;
        expect(element.shadowRoot!.querySelector('[part=message]')).to.have.trimmed.text('Recógelo <b>mañana</b>.');
      });
    }

    it('fails with `declined` / `returned` when the money was given back, and lets the shopper pay again', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      respond('declined', 0, { reason: 'returned' });
      const { error } = (await reaches(element, 'failed')) as { error: CheckoutError };
      expect(error).to.include({ code: 'declined', reason: 'returned', retryable: true });
      expect(error.message).to.equal(`${madeUp.name} reported a payment, but the outcome endpoint says that it was returned.`);
      element.retry();
      await madeUp.opened(2);
    });

    it('stays pending, with the error, when the backend responds an unknown outcome', async () => {
      const element = await confirming(registerMadeUp());
      respond('refunded');
      const { error } = (await reaches(element, 'pending')) as { error: CheckoutError };
      expect(error).to.include({ code: 'outcome', reason: 'shape' });
    });

    for (const loading of ['eager', 'manual']) {
      it(`requests confirmation again, and opens no form, when an element with loading="${loading}" is moved`, async () => {
        const madeUp = registerMadeUp();
        const element = await confirming(madeUp);
        element.loading = loading as 'eager';
        const states = statesOf(element);
        document.body.append(element);
        await until(() => responses.length >= 2, 'a second outcome request', 0);
        respond('paid', 1);
        expect(await reaches(element, 'succeeded')).to.include({ attempt: 1, confirmed: true });
        expect(requests[1]).to.deep.equal(requests[0]);
        expect([states, madeUp.openings.length]).to.deep.equal([['confirming', 'succeeded'], 1]);
        element.remove();
      });
    }

    it('requests confirmation of a pending payment again when the element is moved', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      respond('pending');
      await reaches(element, 'pending');
      document.body.append(element);
      await until(() => responses.length >= 2, 'a second outcome request', 0);
      respond('declined', 1);
      expect(await reaches(element, 'failed')).to.have.nested.property('error.code', 'declined');
      element.retry();
      await madeUp.opened(2);
      element.remove();
    });

    it('starts a new attempt when the element is moved and has another order', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      element.order = 'A-2';
      document.body.append(element);
      await madeUp.opened(2);
      expect(responses).to.have.length(1);
      element.remove();
    });

    it('keeps a pending payment when any attribute but the provider changes', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      respond('pending');
      await reaches(element, 'pending');
      element.config = { a: 1 };
      element.credentials = 'include';
      await element.updateComplete;
      expect([element.status, madeUp.openings.length]).to.deep.equal(['pending', 1]);
      element.provider = registerMadeUp().name;
      await element.updateComplete;
      expect(element.status).to.equal('loading');
    });

    it('keeps the form of a pending payment, and requests confirmation of its success', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp, pending);
      respond('pending');
      await reaches(element, 'pending');
      expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
      madeUp.report(paid);
      await settled();
      respond('paid', 1);
      expect(await reaches(element, 'succeeded')).to.have.property('confirmed', true);
    });

    it('confirms only the success that is reported while a pending payment is being confirmed', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp, pending);
      madeUp.report(paid);
      await settled();
      const states = statesOf(element);
      respond('pending', 0);
      respond('paid', 1);
      await reaches(element, 'succeeded');
      expect(states).to.deep.equal(['succeeded']);
    });

    it('defers a cancellation until the backend has responded', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp, pending);
      madeUp.report({ status: 'cancelled' });
      expect(element.status).to.equal('confirming');
      respond('pending');
      await reaches(element, 'cancelled');
    });

    for (const when of ['before', 'after'] as const) {
      it(`stays pending when the form is closed ${when} its success and the backend responds pending`, async () => {
        const madeUp = registerMadeUp();
        const element = await confirming(madeUp, when === 'before' ? pending : paid);
        const states = statesOf(element);
        madeUp.report({ status: 'cancelled' });
        if (when === 'before') madeUp.report(paid);
        await settled();
        respond('pending', responses.length - 1);
        await reaches(element, 'pending');
        madeUp.report({ status: 'cancelled' });
        await settled();
        expect(states.at(-1)).to.equal('pending');
        expect(element.status).to.equal('pending');
      });
    }

    it('ignores retry() and a changed config while confirming', async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      element.config = { other: true };
      element.retry();
      await element.updateComplete;
      respond('paid');
      await reaches(element, 'succeeded');
      expect(madeUp.openings).to.have.length(1);
    });
  });
});
