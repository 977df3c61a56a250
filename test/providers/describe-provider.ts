import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { spy, type SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import type { Outcome, Provider } from '../../src/providers/provider.js';
import type { Environment } from '../../src/shared/environment.js';
import { findListing, register } from '../../src/providers/registry.js';
import { providerNames } from '../../src/testing/providers.js';
import type { RequestToken } from '../../src/endpoint/request-token.js';
import { fakeClock, pass, until as untilSo } from '../support/clock.js';
import { deferred } from '../support/deferred.js';
import { comesTo, create, reaches, statesOf, type Setup } from '../support/element.js';

/**
 * What the stand-in of a provider can be told to get wrong, in words that every provider understands. A library that talks on
 * tells a success again, and then something weaker: that the form was closed, say, or that it failed.
 */
export type Fault = 'constructor throws' | 'init throws' | 'never ready' | 'renamed classes' | 'talks on';

/** What a shopper does in the form that is open. */
export type Act = (element: PayCheckout) => void;

/** What the library itself may end a form in, beside a success and a decline, and what a shopper does for it. */
export type Endings = Readonly<Partial<Record<'cancelled' | 'expired', Act>>>;

/** One provider, with its stand-in in its place. */
export interface Specimen {
  readonly name: string;
  readonly provider: Provider;
  readonly environments: readonly Environment[];
  /** Whether the library draws one form per page, so that a second element waits for the end of the first. */
  readonly isAlone?: boolean;
  /** Milliseconds on screen after which a form that never comes up is ended. */
  readonly readyLimit: number;
  /** A token endpoint that opens the form, and those of all other providers. */
  readonly requestToken: RequestToken;
  /** A token endpoint whose config lacks a field that the form cannot do without, and the field's name. */
  readonly lacking: { readonly requestToken: RequestToken; readonly field: string };
  /** An outcome endpoint, where the provider's final no comes from the backend: a card is only tokenised in the page, and declined at the sale. */
  readonly outcomeEndpoint?: string;
  /** Makes the stand-in's library fail from now on. */
  fail(fault: Fault): void;
  /** Ends every fault. */
  mend(): void;
  /** Puts everything back but `window.fetch`, of which the suite takes care. */
  restore(): void;
  /** Fills the form in and leaves the paying to others; pays; pays with what is declined, or with what is only registered for now. */
  readonly shopper: Readonly<Record<'fillIn' | 'pay' | 'beDeclined' | 'payLater', Act>> & {
    /** Pays, so that the answer takes its time: it is on its way when the form goes, and comes all the same. */
    readonly paySlowly?: Act;
    /** Whether a payment that was begun can no longer be called back, where that is not so at once. */
    readonly hasPaid?: () => boolean;
  };
  /** What becomes of a payment that is pending, if the page is left open. */
  readonly pendingBecomes: 'succeeded' | 'pending';
}

/** The one suite that every provider passes. */
export function describeProvider(name: string, prepare: () => Specimen, endings: Endings = {}): void {
  describe(`${name}, as a provider`, () => {
    let specimen: Specimen;
    let clock: SinonFakeTimers;
    let elements: Element[];
    let fetch: typeof window.fetch;

    beforeEach(() => {
      ({ fetch } = window);
      clock = fakeClock();
      specimen = prepare();
      elements = [];
    });
    afterEach(() => {
      for (const element of elements) element.remove();
      specimen.restore();
      window.fetch = fetch;
      clock.restore();
    });

    /** An element on the page that nobody has waited for yet. */
    function begin(requestToken = specimen.requestToken, parent: Element = document.body, setup: Partial<Setup> = {}): PayCheckout {
      const { name: provider, environments, outcomeEndpoint } = specimen;
      const element = create({ provider, environment: environments[0], order: 'A-1001', requestToken, outcomeEndpoint, ...setup });
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
        expect(element.childElementCount).to.equal(0);
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
      expect(element.childElementCount).to.equal(0);
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
      expect(element.childElementCount).to.equal(0);
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

    it('hears a payment that was on its way when the shopper began anew', async () => {
      const element = begin();
      await until(element, 'ready');
      const { pay, paySlowly = pay, hasPaid } = specimen.shopper;
      paySlowly(element);
      if (hasPaid) await untilSo(hasPaid, 'the payment');
      element.credentials = 'include';
      await element.updateComplete;
      expect(element.state.attempt).to.equal(2);
      expect(await until(element, 'succeeded')).to.have.property('attempt', 1);
    });

    it('never lets its token out', async () => {
      const tokens: string[] = [];
      const said: string[] = [];
      const requestToken: RequestToken = async (request, context) => {
        const answer = await read(specimen.requestToken(request, context));
        tokens.push(answer.token);
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

    /** Everything that the adapter reports from now on, whatever becomes of it. */
    async function reports(): Promise<Outcome[]> {
      const heard: Outcome[] = [];
      const provider = await findListing(specimen.name)!.adapter();
      const mount: Provider['mount'] = (context) =>
        provider.mount({ ...context, report: (outcome) => (heard.push(outcome), context.report(outcome)) });
      register(specimen.name, { ...provider, mount });
      return heard;
    }

    /** Lets more time pass than anything takes that may still come. */
    const wait = () => pass(40_000);

    /** What the element goes through until it has succeeded. */
    const success = () => [...(specimen.outcomeEndpoint ? ['confirming'] : []), 'succeeded'];

    const formIn = (element: PayCheckout) => element.querySelector<HTMLElement>(':scope > [slot=form]');

    it('fails when its script leaves no library, and opens on retry when it does', async () => {
      const script = new Script(specimen.provider, specimen.environments[0]!);
      register(specimen.name, await script.provider(specimen.name));
      const element = begin();
      const state = await reaches(element, 'failed');
      expect(state).to.have.nested.property('error.code', 'asset');
      expect(state).to.have.nested.property('error.reason', 'missing-global');
      expect(state).to.have.nested.property('error.message').that.contains(`\`${script.global}\``);
      expect([script.runs, script.tags.length]).to.deep.equal([1, 0]);
      script.leavesLibrary = true;
      element.retry();
      // The script comes by the server's time, not by the test's.
      await reaches(element, 'initializing');
      await until(element, 'ready');
      expect([script.runs, script.tags.length]).to.deep.equal([2, 1]);
    });

    for (const [status, end] of Object.entries(endings) as [keyof Endings, Act][]) {
      it(`is ${status} when its library says so, and can be tried again`, async () => {
        const element = begin();
        await until(element, 'ready');
        end(element);
        await until(element, status);
        element.retry();
        await until(element, 'ready');
        expect(element.state.attempt).to.equal(2);
      });
    }

    it('is pending while a payment is only registered, for as long as that is so', async () => {
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      specimen.shopper.payLater(element);
      await until(element, 'pending');
      await wait();
      const becomes = specimen.pendingBecomes === 'succeeded' ? success() : [];
      expect(states.slice(states.indexOf('pending') + 1)).to.deep.equal(becomes);
    });

    it('stays with its success when its library says it again, and then something weaker', async () => {
      const heard = await reports();
      specimen.fail('talks on');
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      specimen.shopper.pay(element);
      const state = await until(element, 'succeeded');
      await wait();
      expect(heard[0]).to.have.property('status', 'succeeded');
      expect(heard.at(-1)).to.have.property('status').that.is.oneOf(['failed', 'cancelled', 'expired']);
      expect(states).to.deep.equal(success());
      expect(element.state).to.equal(state);
    });

    it('succeeds with a payment that its library takes after the session died', async () => {
      const { agesWhileOpen } = specimen.provider;
      const shortLived: RequestToken = async (request, context) => ({
        ...(await read(specimen.requestToken(request, context))),
        expiresIn: 60,
      });
      const element = begin(shortLived);
      await until(element, 'ready');
      const states = statesOf(element);
      const form = formIn(element)!;
      form.dispatchEvent(new Event('pointerdown', { bubbles: true }));
      await pass(60_000);
      expect(states).to.deep.equal(agesWhileOpen ? ['expired'] : []);
      expect(formIn(element) === form, 'the form stays').to.equal(true);
      specimen.shopper.pay(element);
      expect(await until(element, 'succeeded')).to.have.property('attempt', 1);
      expect(states).to.deep.equal([...(agesWhileOpen ? ['expired'] : []), ...success()]);
      expect(element.childElementCount).to.equal(0);
    });

    it('has each of two elements on a page keep its outcome to itself', async () => {
      const heard = await reports();
      const first = begin();
      if (specimen.isAlone) await until(first, 'ready');
      const second = begin();
      await until(first, 'ready');
      const states = [statesOf(first), statesOf(second)];
      if (specimen.isAlone) expect(await until(second, 'failed')).to.have.nested.property('error.reason', 'already-open');
      else await until(second, 'ready');
      if (!specimen.isAlone) specimen.shopper.fillIn(second);
      const before = second.state;
      specimen.shopper.pay(first);
      await until(first, 'succeeded');
      await wait();
      expect(heard).to.have.length(1);
      expect(second.state).to.equal(before);
      if (specimen.isAlone) second.retry();
      await until(second, 'ready');
      specimen.shopper.pay(second);
      await until(second, 'succeeded');
      expect(states[0]).to.deep.equal(success());
      expect(heard).to.have.length(2);
    });

    it('leaves the forms of other providers on the page alone', async () => {
      const element = begin();
      const others = providerNames.filter((other) => other !== specimen.name);
      const neighbours = others.map((provider) => begin(undefined, document.body, { provider, outcomeEndpoint: undefined }));
      for (const one of [element, ...neighbours]) await until(one, 'ready');
      const states = neighbours.map(statesOf);
      specimen.shopper.pay(element);
      await until(element, 'succeeded');
      await wait();
      expect(states).to.deep.equal(others.map(() => []));
      for (const neighbour of neighbours) expect(formIn(neighbour)!.childElementCount).to.be.greaterThan(0);
    });

    const phases: Record<string, (element: PayCheckout) => Promise<unknown>> = {
      loading: (element) => reaches(element, 'loading'),
      initializing: (element) => reaches(element, 'initializing'),
      ready: (element) => until(element, 'ready'),
      paying: async (element) => {
        await until(element, 'ready');
        specimen.shopper.pay(element);
      },
      confirming: async (element) => {
        await phases.paying!(element);
        await until(element, 'confirming');
      },
      pending: async (element) => {
        await until(element, 'ready');
        specimen.shopper.payLater(element);
        await until(element, 'pending');
      },
    };
    for (const [phase, reach] of Object.entries(phases)) {
      it(`leaves nothing and falls silent when it is removed while ${phase}`, async () => {
        const before = standing();
        const answer = deferred<Response>();
        const outcomeEndpoint = phase === 'confirming' ? '/outcome' : specimen.outcomeEndpoint;
        if (phase === 'confirming') window.fetch = () => answer.promise;
        const element = begin(undefined, document.body, { outcomeEndpoint });
        const states = statesOf(element);
        await reach(element);
        const seen = [...states];
        element.remove();
        answer.resolve(Response.json({ outcome: 'paid' }));
        await wait();
        expect(element.childElementCount).to.equal(0);
        const left = standing().filter((one) => !before.includes(one));
        expect(left.map(String)).to.deep.equal([]);
        expect(states).to.deep.equal(seen);
        expect(element.status).to.equal('idle');
      });
    }

    it('hears nothing of a payment from before it was removed, when it is put back', async () => {
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      const { pay, paySlowly = pay, hasPaid } = specimen.shopper;
      paySlowly(element);
      if (hasPaid) await untilSo(hasPaid, 'the payment');
      element.remove();
      document.body.append(element);
      await until(element, 'ready');
      await wait();
      expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
    });

    it("has no part in a merchant's form around it, which no key and no click submits", async () => {
      const form = document.body.appendChild(document.createElement('form'));
      const submitted = spy((event: Event) => event.preventDefault());
      form.addEventListener('submit', submitted);
      const element = begin(undefined, form);
      elements.push(form);
      await until(element, 'ready');
      for (const input of inputsIn(element)) {
        input.focus();
        await sendKeys({ press: 'Enter' });
      }
      specimen.shopper.fillIn(element);
      expect([...new FormData(form).keys()]).to.deep.equal([]);
      expect(form.elements.length).to.equal(0);
      specimen.shopper.pay(element);
      await until(element, 'succeeded');
      expect(submitted.callCount).to.equal(0);
    });
  });
}

async function read(answering: ReturnType<RequestToken>): Promise<{ token: string }> {
  const answer = await answering;
  return (answer instanceof Response ? await answer.json() : answer) as { token: string };
}

/** A provider's script, as the test server delivers it: whether it leaves the library is in the test's hands. */
class Script {
  readonly global: string;
  leavesLibrary = false;
  runs = 0;
  readonly #environment: Environment;
  readonly #name: string;

  constructor({ assets }: Provider, environment: Environment) {
    this.#environment = environment;
    this.global = assets[environment]!.global;
    this.#name = this.global.split('.')[0]!;
    const library: unknown = Reflect.get(window, this.#name);
    Reflect.deleteProperty(window, this.#name);
    Object.assign(window, {
      runScript: () => {
        this.runs++;
        if (this.leavesLibrary) Reflect.set(window, this.#name, library);
      },
    });
  }

  get tags(): readonly Element[] {
    return [...document.querySelectorAll('script[src*="/test/support/script.js"]')];
  }

  /** The provider, whose assets are this script. */
  async provider(name: string): Promise<Provider> {
    const script = { url: `${location.origin}/test/support/script.js?${name}` };
    return { ...(await findListing(name)!.adapter()), assets: { [this.#environment]: { global: this.global, script } } };
  }
}

/** Everything that a library may have put beside our element. */
function standing(): unknown[] {
  return [...document.head.children, ...document.body.children, ...document.adoptedStyleSheets, document.body.style.cssText];
}

/** What can be typed into, in the page or in frames of its origin. */
function inputsIn(element: Element): HTMLInputElement[] {
  const frames = [...element.querySelectorAll('iframe')].map(({ contentDocument }) => contentDocument!);
  return [element, ...frames].flatMap((place) => [...place.querySelectorAll('input')]);
}
