import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import type { Environment, Provider } from '../../src/providers/provider.js';
import type { RequestToken } from '../../src/token.js';
import { fakeClock, pass, until as untilSo } from '../support/clock.js';
import { comesTo, create, reaches, statesOf } from '../support/element.js';

/** What the stand-in of a provider can be told to get wrong, in words that every provider understands. */
export type Fault = 'constructor throws' | 'init throws' | 'never ready' | 'renamed classes';

/** One provider, with its stand-in in its place. */
export interface Specimen {
  readonly name: string;
  readonly provider: Provider;
  readonly environments: readonly Environment[];
  /** Whether a payment that is under way goes with its form, as it does where the form is a frame of the provider's own. */
  readonly isFramed?: boolean;
  /** Milliseconds on screen after which a form that never comes up is ended. */
  readonly readyLimit: number;
  /** A token endpoint that opens the form. */
  readonly requestToken: RequestToken;
  /** A token endpoint whose config lacks a field that the form cannot do without, and the field's name. */
  readonly lacking: { readonly requestToken: RequestToken; readonly field: string };
  /** An outcome endpoint, where the provider's final no comes from the backend: a card is only tokenised in the page, and declined at the sale. */
  readonly outcomeEndpoint?: string;
  /** Makes the stand-in's library fail from now on. */
  fail(fault: Fault): void;
  /** Ends every fault. */
  mend(): void;
  /** Puts everything back. */
  restore(): void;
  /** What a shopper does in the form that is open. */
  readonly shopper: Readonly<Record<'pay' | 'beDeclined', (element: PayCheckout) => void>> & {
    readonly cancel?: (element: PayCheckout) => void;
    readonly payLater?: (element: PayCheckout) => void;
    /** Pays, so that the answer takes its time. */
    readonly paySlowly?: (element: PayCheckout) => void;
    /** Whether a payment that was begun can no longer be called back, where that is not so at once. */
    readonly hasPaid?: () => boolean;
  };
}

/** The one suite that every provider passes. */
export function describeProvider(name: string, prepare: () => Specimen): void {
  describe(`${name}, as a provider`, () => {
    let specimen: Specimen;
    let clock: SinonFakeTimers;
    let elements: PayCheckout[];

    beforeEach(() => {
      clock = fakeClock();
      specimen = prepare();
      elements = [];
    });
    afterEach(() => {
      for (const element of elements) element.remove();
      specimen.restore();
      clock.restore();
    });

    /** An element on the page that nobody has waited for yet. */
    function begin(requestToken = specimen.requestToken, parent: Element = document.body): PayCheckout {
      const { name: provider, environments, outcomeEndpoint } = specimen;
      const element = create({ provider, environment: environments[0], order: 'A-1001', requestToken, outcomeEndpoint });
      elements.push(element);
      parent.append(element);
      return element;
    }

    /** Lets time pass until the element is in that state. */
    const until = comesTo;

    /** Gives the form all the time that it may take, and a little more. */
    async function outlast(element: PayCheckout): Promise<void> {
      await until(element, 'initializing');
      await pass(specimen.readyLimit + 5_000);
    }

    it('has its assets over https for each environment, and for no other', () => {
      expect(Object.keys(specimen.provider.assets)).to.have.members(specimen.environments);
      for (const { global, script, styles = [] } of Object.values(specimen.provider.assets)) {
        expect(global).to.match(/^[\w.]+$/);
        for (const url of [script!.url, ...styles]) expect(new URL(url).protocol).to.equal('https:');
      }
    });

    it('opens its form', async () => {
      const element = begin();
      await until(element, 'ready');
      expect(element.querySelector<HTMLElement>(':scope > [slot=form]')!.childElementCount).to.be.greaterThan(0);
    });

    it('ends with the field that its config lacks', async () => {
      const state = await until(begin(specimen.lacking.requestToken), 'failed');
      expect(state).to.have.nested.property('error.reason', 'provider-config');
      expect(state).to.have.nested.property('error.message').that.contains(`\`${specimen.lacking.field}\``);
    });

    it('refuses an empty, a nonsensical and a foreign answer as a token', () => {
      for (const answer of [{}, [], 'token', null, { token: '' }, { token: 7 }, { value: 'x' }]) {
        expect(specimen.provider.token.safeParse(answer).success, JSON.stringify(answer)).to.equal(false);
      }
    });

    for (const fault of ['constructor throws', 'init throws'] as const) {
      it(`fails when its library's ${fault}, and opens on retry`, async () => {
        specimen.fail(fault);
        const element = begin();
        expect(await until(element, 'failed')).to.have.nested.property('error.code', 'provider');
        expect(element.querySelector('[slot=form]')).to.equal(null);
        specimen.mend();
        element.retry();
        await until(element, 'ready');
      });
    }

    it('fails when its form never comes up, after one more attempt by itself', async () => {
      specimen.fail('never ready');
      const element = begin();
      const states = statesOf(element);
      await outlast(element);
      await outlast(element);
      expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'timeout');
      expect(states.filter((state) => state === 'loading')).to.have.length(2);
      expect(element.state.attempt).to.equal(2);
      expect(element.querySelector('[slot=form]')).to.equal(null);
    });

    it('is ready at its limit when its classes were renamed', async () => {
      specimen.fail('renamed classes');
      const element = begin();
      await outlast(element);
      expect(element.state).to.include({ status: 'ready', attempt: 1 });
    });

    it('succeeds when the shopper pays, once', async () => {
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      specimen.shopper.pay(element);
      const state = await until(element, 'succeeded');
      await pass(30_000);
      expect(states).to.deep.equal([...(specimen.outcomeEndpoint ? ['confirming'] : []), 'succeeded']);
      expect(state).to.have.nested.property('result.provider', specimen.name);
      expect(element.querySelector('[slot=form]')).to.equal(null);
    });

    it('fails as declined when the provider says no, and can be tried again', async () => {
      const element = begin();
      await until(element, 'ready');
      specimen.shopper.beDeclined(element);
      expect(await until(element, 'failed')).to.have.nested.property('error.code', 'declined');
      element.retry();
      await until(element, 'ready');
      expect(element.state.attempt).to.equal(2);
    });

    it('is cancelled when the shopper closes it, where that can be', async () => {
      const element = begin();
      await until(element, 'ready');
      if (!specimen.shopper.cancel) return expect(element.querySelector('[slot=form]')).to.not.equal(null);
      specimen.shopper.cancel(element);
      await until(element, 'cancelled');
      return expect(element.querySelector('[slot=form]')).to.equal(null);
    });

    it('goes on from pending to succeeded, where it has pending payments', async () => {
      const element = begin();
      await until(element, 'ready');
      if (!specimen.shopper.payLater) return specimen.shopper.pay(element);
      specimen.shopper.payLater(element);
      await until(element, 'pending');
      return until(element, 'succeeded');
    });

    for (const phase of ['loading', 'initializing', 'ready'] as const) {
      it(`leaves nothing and falls silent when it is removed while ${phase}`, async () => {
        const element = begin();
        const states = statesOf(element);
        if (phase === 'ready') await until(element, 'ready');
        else await reaches(element, phase);
        const seen = states.length;
        if (phase === 'ready') specimen.shopper.pay(element);
        element.remove();
        const { childElementCount: bodyCount } = document.body;
        await pass(60_000);
        expect(element.childElementCount).to.equal(0);
        expect(document.body.childElementCount).to.equal(bodyCount);
        expect(states).to.have.length(seen);
      });
    }

    it('hears a payment that was on its way when the shopper began anew, where it outlives its form', async () => {
      const element = begin();
      await until(element, 'ready');
      const { pay, paySlowly = pay, hasPaid } = specimen.shopper;
      paySlowly(element);
      if (hasPaid) await untilSo(hasPaid, 'the payment');
      element.credentials = 'include';
      await element.updateComplete;
      expect(element.state.attempt).to.equal(2);
      if (specimen.isFramed) return expect(await until(element, 'ready')).to.have.property('attempt', 2);
      return expect(await until(element, 'succeeded')).to.have.property('attempt', 1);
    });

    it("keeps its fields out of a merchant's form", async () => {
      const form = document.createElement('form');
      document.body.append(form);
      const element = begin(undefined, form);
      await until(element, 'ready');
      expect([...new FormData(form).keys()]).to.deep.equal([]);
      expect(form.elements).to.have.length(0);
      form.remove();
    });

    it('never lets its token out', async () => {
      const tokens: string[] = [];
      const said: string[] = [];
      const requestToken: RequestToken = async (request, context) => {
        const answer = await specimen.requestToken(request, context);
        const json = (answer instanceof Response ? await answer.clone().json() : answer) as { token: string };
        tokens.push(json.token);
        return answer;
      };
      const element = begin(requestToken);
      for (const status of ['loading', 'initializing', 'ready', 'failed', 'timing']) {
        element.addEventListener(`pay-${status}`, (event) =>
          said.push(JSON.stringify({ ...event, ...(event as { state?: object }).state })),
        );
      }
      await until(element, 'ready');
      specimen.shopper.beDeclined(element);
      await until(element, 'failed');
      said.push(JSON.stringify(element.diagnose()), element.outerHTML, JSON.stringify({ ...localStorage, ...sessionStorage }));
      expect(tokens).to.have.length(1);
      for (const text of said) expect(text).to.not.contain(tokens[0]);
    });
  });
}
