import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { spy, type SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import type { Outcome, Provider } from '../../src/providers/provider.js';
import type { Environment } from '../../src/shared/environment.js';
import { findEntry, register } from '../../src/providers/registry.js';
import { providerNames } from '../../src/testing/providers.js';
import type { RequestFunction } from '../../src/endpoint/send-request.js';
import { fakeClock, pass, until as waitUntil } from '../support/clock.js';
import { deferred } from '../support/deferred.js';
import { comesTo, create, reaches, statesOf, type Setup } from '../support/element.js';

/**
 * A fault that the stand-in of each provider can simulate. A library that keeps reporting repeats a success, and then reports
 * something weaker: that the form was closed, or that it failed.
 */
export type Fault = 'constructor throws' | 'init throws' | 'never ready' | 'renamed classes' | 'keeps reporting';

/** An action of a shopper in the open form. */
export type Action = (element: PayCheckout) => void;

/** The other ends that the library can report, with the action of the shopper that causes each. */
export type Endings = Readonly<Partial<Record<'cancelled' | 'expired', Action>>>;

/** A provider with its stand-in in use. */
export interface TestedProvider {
  readonly name: string;
  readonly provider: Provider;
  readonly environments: readonly Environment[];
  /** Whether the library draws one form per page, so that a second element must wait until the first ends. */
  readonly isAlone?: boolean;
  /** Milliseconds on screen until the form must be ready. */
  readonly readyLimit: number;
  /** A token endpoint for this provider and all others. */
  readonly requestToken: RequestFunction;
  /** A token endpoint whose config lacks a required field, and the field's name. */
  readonly incomplete: { readonly requestToken: RequestFunction; readonly field: string };
  /** An outcome endpoint, if the backend declines payments: the page only tokenises the card, and the sale is declined later. */
  readonly outcomeEndpoint?: string;
  /** Starts a fault of the stand-in's library. */
  fail(fault: Fault): void;
  /** Ends all faults. */
  clearFaults(): void;
  /** Restores everything except `window.fetch`, which the suite restores. */
  restore(): void;
  /** Fills in the form without paying; pays; pays with a card that is declined, or that leaves the payment pending. */
  readonly shopper: Readonly<Record<'fillIn' | 'pay' | 'beDeclined' | 'payLater', Action>> & {
    /** Pays with a slow answer, which is in flight when the form is removed and still arrives. */
    readonly paySlowly?: Action;
    /** Whether the payment is past cancelling, if it is not so at once. */
    readonly hasPaid?: () => boolean;
  };
  /** The state of a pending payment after a while, if the page stays open. */
  readonly pendingBecomes: 'succeeded' | 'pending';
}

/** How the library of a provider differs from most others. */
export interface Habits {
  /** Whether the form is ready only when the library reports it, so that no class in its markup matters. */
  readonly reportsReady?: boolean;
  /** Matches the elements that a form leaves on the page, where the next one finds them. By default none. */
  readonly remains?: string;
}

/** The contract suite that every provider passes. */
export function describeProvider(
  name: string,
  setUp: () => TestedProvider,
  endings: Endings = {},
  { reportsReady = false, remains = ':not(*)' }: Habits = {},
): void {
  describe(`the provider ${name}`, () => {
    let tested: TestedProvider;
    let clock: SinonFakeTimers;
    let elements: Element[];
    let fetch: typeof window.fetch;

    beforeEach(() => {
      ({ fetch } = window);
      clock = fakeClock();
      tested = setUp();
      elements = [];
    });
    afterEach(() => {
      for (const element of elements) element.remove();
      tested.restore();
      window.fetch = fetch;
      clock.restore();
    });

    /** Adds an element to the page, and does not wait for it. */
    function begin(requestToken = tested.requestToken, parent: Element = document.body, setup: Partial<Setup> = {}): PayCheckout {
      const { name: provider, environments, outcomeEndpoint } = tested;
      const element = create({ provider, environment: environments[0], order: 'A-1001', requestToken, outcomeEndpoint, ...setup });
      elements.push(element);
      parent.append(element);
      return element;
    }

    /** Advances the clock until the element is in the state. */
    const until = comesTo;

    /** Advances the clock past the limit of the form. */
    async function passReadyLimit(element: PayCheckout): Promise<void> {
      await until(element, 'initializing');
      await pass(tested.readyLimit + 5_000);
    }

    it('has https assets for each of its environments and no other', () => {
      expect(Object.keys(tested.provider.assets)).to.have.members(tested.environments);
      for (const { global, script, styles = [] } of Object.values(tested.provider.assets)) {
        expect(global).to.match(/^[\w.]+$/);
        for (const url of [script!.url, ...styles]) expect(new URL(url).protocol).to.equal('https:');
      }
    });

    it('opens its form', async () => {
      const element = begin();
      await until(element, 'ready');
      expect(element.querySelector<HTMLElement>(':scope > [slot=form]')!.childElementCount).to.be.greaterThan(0);
    });

    it('names the missing field when the config is incomplete', async () => {
      const state = await until(begin(tested.incomplete.requestToken), 'failed');
      expect(state).to.have.nested.property('error.reason', 'provider-config');
      expect(state).to.have.nested.property('error.message').that.contains(`\`${tested.incomplete.field}\``);
    });

    it('refuses an answer without a token', () => {
      for (const answer of [{}, [], 'token', null, { token: '' }, { token: 7 }, { value: 'x' }]) {
        expect(tested.provider.token.safeParse(answer).success, JSON.stringify(answer)).to.equal(false);
      }
    });

    for (const fault of ['constructor throws', 'init throws'] as const) {
      it(`fails when the library's ${fault}, and opens on retry`, async () => {
        tested.fail(fault);
        const element = begin();
        expect(await until(element, 'failed')).to.have.nested.property('error.code', 'provider');
        expect(element.childElementCount).to.equal(0);
        tested.clearFaults();
        element.retry();
        await until(element, 'ready');
      });
    }

    it('fails when its form never becomes ready, after one automatic attempt more', async () => {
      tested.fail('never ready');
      const element = begin();
      const states = statesOf(element);
      await passReadyLimit(element);
      await passReadyLimit(element);
      expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'timeout');
      expect(states.filter((state) => state === 'loading')).to.have.length(2);
      expect(element.state.attempt).to.equal(2);
      expect(element.childElementCount).to.equal(0);
    });

    if (!reportsReady) {
      it('is ready at its time limit when its classes were renamed', async () => {
        tested.fail('renamed classes');
        const element = begin();
        await passReadyLimit(element);
        expect(element.state).to.include({ status: 'ready', attempt: 1 });
      });
    }

    it('succeeds once when the shopper pays', async () => {
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      tested.shopper.pay(element);
      const state = await until(element, 'succeeded');
      await pass(30_000);
      expect(states).to.deep.equal([...(tested.outcomeEndpoint ? ['confirming'] : []), 'succeeded']);
      expect(state).to.have.nested.property('result.provider', tested.name);
      expect(element.childElementCount).to.equal(0);
    });

    it('fails as declined when the provider declines, and opens on retry', async () => {
      const element = begin();
      await until(element, 'ready');
      tested.shopper.beDeclined(element);
      expect(await until(element, 'failed')).to.have.nested.property('error.code', 'declined');
      element.retry();
      await until(element, 'ready');
      expect(element.state.attempt).to.equal(2);
    });

    it('reports a payment that was in flight when a new attempt started', async () => {
      const element = begin();
      await until(element, 'ready');
      const { pay, paySlowly = pay, hasPaid } = tested.shopper;
      paySlowly(element);
      if (hasPaid) await waitUntil(hasPaid, 'the payment');
      const states = statesOf(element);
      element.credentials = 'include';
      await element.updateComplete;
      expect(states[0]).to.equal('loading');
      expect(await until(element, 'succeeded')).to.have.property('attempt', 1);
    });

    it('keeps its token out of events, diagnosis, markup and storage', async () => {
      const tokens: string[] = [];
      const output: string[] = [];
      const requestToken: RequestFunction = async (request, context) => {
        const answer = await readAnswer(tested.requestToken(request, context));
        tokens.push(answer.token);
        return answer;
      };
      const element = begin(requestToken);
      for (const status of ['loading', 'initializing', 'ready', 'failed', 'timing']) {
        element.addEventListener(`pay-${status}`, (event) =>
          output.push(JSON.stringify({ ...event, ...(event as { state?: object }).state })),
        );
      }
      await until(element, 'ready');
      tested.shopper.beDeclined(element);
      await until(element, 'failed');
      output.push(JSON.stringify(element.diagnose()), element.outerHTML, JSON.stringify({ ...localStorage, ...sessionStorage }));
      expect(tokens).to.have.length(1);
      for (const text of output) expect(text).to.not.contain(tokens[0]);
    });

    /** Records every outcome that the adapter reports from now on. */
    async function recordReports(): Promise<Outcome[]> {
      const reported: Outcome[] = [];
      const provider = await findEntry(tested.name)!.adapter();
      const mount: Provider['mount'] = (context) =>
        provider.mount({ ...context, report: (outcome) => (reported.push(outcome), context.report(outcome)) });
      register(tested.name, { ...provider, mount });
      return reported;
    }

    /** Advances the clock past every delay. */
    const wait = () => pass(40_000);

    /** The states of a success. */
    const success = () => [...(tested.outcomeEndpoint ? ['confirming'] : []), 'succeeded'];

    const formIn = (element: PayCheckout) => element.querySelector<HTMLElement>(':scope > [slot=form]');

    it('fails when its script sets no global, and opens on retry once it does', async () => {
      const script = new FakeScript(tested.provider, tested.environments[0]!);
      register(tested.name, await script.replaceScript(tested.name));
      const element = begin();
      const state = await reaches(element, 'failed');
      expect(state).to.have.nested.property('error.code', 'asset');
      expect(state).to.have.nested.property('error.reason', 'missing-global');
      expect(state).to.have.nested.property('error.message').that.contains(`\`${script.global}\``);
      expect([script.runs, script.tags.length]).to.deep.equal([1, 0]);
      script.setsGlobal = true;
      element.retry();
      // The server delivers the script in real time, not in the test's.
      await reaches(element, 'initializing');
      await until(element, 'ready');
      expect([script.runs, script.tags.length]).to.deep.equal([2, 1]);
    });

    for (const [status, end] of Object.entries(endings) as [keyof Endings, Action][]) {
      it(`is ${status} when the library reports it, and opens on retry`, async () => {
        const element = begin();
        await until(element, 'ready');
        end(element);
        await until(element, status);
        element.retry();
        await until(element, 'ready');
        expect(element.state.attempt).to.equal(2);
      });
    }

    it('is pending while a payment is only registered', async () => {
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      tested.shopper.payLater(element);
      await until(element, 'pending');
      await wait();
      const becomes = tested.pendingBecomes === 'succeeded' ? success() : [];
      expect(states.slice(states.indexOf('pending') + 1)).to.deep.equal(becomes);
    });

    it('keeps its success when the library repeats it and then reports something weaker', async () => {
      const reported = await recordReports();
      tested.fail('keeps reporting');
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      tested.shopper.pay(element);
      const state = await until(element, 'succeeded');
      await wait();
      expect(reported[0]).to.have.property('status', 'succeeded');
      expect(reported.at(-1)).to.have.property('status').that.is.oneOf(['failed', 'cancelled', 'expired']);
      expect(states).to.deep.equal(success());
      expect(element.state).to.equal(state);
    });

    it('succeeds with a payment after the session expired', async () => {
      const { agesWhileOpen } = tested.provider;
      let requests = 0;
      // There is no second token, so that a form that could take one expires too.
      const shortLived: RequestFunction = async (request, context) => {
        if (++requests > 1) return new Response(null, { status: 404 });
        return { ...(await readAnswer(tested.requestToken(request, context))), expiresIn: 60 };
      };
      const element = begin(shortLived);
      await until(element, 'ready');
      const states = statesOf(element);
      const form = formIn(element)!;
      form.dispatchEvent(new Event('pointerdown', { bubbles: true }));
      await pass(60_000);
      expect(states).to.deep.equal(agesWhileOpen ? ['expired'] : []);
      expect(formIn(element) === form, 'the form stays').to.equal(true);
      tested.shopper.pay(element);
      expect(await until(element, 'succeeded')).to.have.property('attempt', 1);
      expect(states).to.deep.equal([...(agesWhileOpen ? ['expired'] : []), ...success()]);
      expect(element.childElementCount).to.equal(0);
    });

    it('reports each outcome to one of two elements on a page', async () => {
      const reported = await recordReports();
      const first = begin();
      if (tested.isAlone) await until(first, 'ready');
      const second = begin();
      await until(first, 'ready');
      const states = [statesOf(first), statesOf(second)];
      if (tested.isAlone) expect(await until(second, 'failed')).to.have.nested.property('error.reason', 'already-open');
      else await until(second, 'ready');
      if (!tested.isAlone) tested.shopper.fillIn(second);
      const before = second.state;
      tested.shopper.pay(first);
      await until(first, 'succeeded');
      await wait();
      expect(reported).to.have.length(1);
      expect(second.state).to.equal(before);
      if (tested.isAlone) second.retry();
      await until(second, 'ready');
      tested.shopper.pay(second);
      await until(second, 'succeeded');
      expect(states[0]).to.deep.equal(success());
      expect(reported).to.have.length(2);
    });

    it('does not affect the forms of other providers on the page', async () => {
      const element = begin();
      const others = providerNames.filter((other) => other !== tested.name);
      const neighbours = others.map((provider) => begin(undefined, document.body, { provider, outcomeEndpoint: undefined }));
      for (const one of [element, ...neighbours]) await until(one, 'ready');
      const states = neighbours.map(statesOf);
      tested.shopper.pay(element);
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
        tested.shopper.pay(element);
      },
      confirming: async (element) => {
        await phases.paying!(element);
        await until(element, 'confirming');
      },
      pending: async (element) => {
        await until(element, 'ready');
        tested.shopper.payLater(element);
        await until(element, 'pending');
      },
    };
    for (const [phase, reach] of Object.entries(phases)) {
      it(`leaves nothing and dispatches nothing after it is removed while ${phase}`, async () => {
        const before = listPageContent();
        const answer = deferred<Response>();
        const outcomeEndpoint = phase === 'confirming' ? '/outcome' : tested.outcomeEndpoint;
        if (phase === 'confirming') window.fetch = () => answer.promise;
        const element = begin(undefined, document.body, { outcomeEndpoint });
        const states = statesOf(element);
        await reach(element);
        const seen = [...states];
        element.remove();
        answer.resolve(Response.json({ outcome: 'paid' }));
        await wait();
        expect(element.childElementCount).to.equal(0);
        const left = listPageContent().filter((one) => !before.includes(one) && !(one instanceof Element && one.matches(remains)));
        expect(left.map(String)).to.deep.equal([]);
        expect(states).to.deep.equal(seen);
        expect(element.status).to.equal('idle');
      });
    }

    it('ignores an earlier payment after it is removed and added again', async () => {
      const element = begin();
      await until(element, 'ready');
      const states = statesOf(element);
      const { pay, paySlowly = pay, hasPaid } = tested.shopper;
      paySlowly(element);
      if (hasPaid) await waitUntil(hasPaid, 'the payment');
      element.remove();
      document.body.append(element);
      await until(element, 'ready');
      await wait();
      expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
    });

    it("adds no control to a merchant's form around it, and never submits it", async () => {
      const form = document.body.appendChild(document.createElement('form'));
      const submitted = spy((event: Event) => event.preventDefault());
      form.addEventListener('submit', submitted);
      const element = begin(undefined, form);
      elements.push(form);
      await until(element, 'ready');
      for (const input of findInputs(element)) {
        input.focus();
        await sendKeys({ press: 'Enter' });
      }
      tested.shopper.fillIn(element);
      expect([...new FormData(form).keys()]).to.deep.equal([]);
      expect(form.elements.length).to.equal(0);
      tested.shopper.pay(element);
      await until(element, 'succeeded');
      expect(submitted.callCount).to.equal(0);
    });
  });
}

async function readAnswer(response: ReturnType<RequestFunction>): Promise<{ token: string }> {
  const answer = await response;
  return (answer instanceof Response ? await answer.json() : answer) as { token: string };
}

/** A provider's script from the test server. The test decides whether it sets the global. */
class FakeScript {
  readonly global: string;
  setsGlobal = false;
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
        if (this.setsGlobal) Reflect.set(window, this.#name, library);
      },
    });
  }

  get tags(): readonly Element[] {
    return [...document.querySelectorAll('script[src*="/test/support/script.js"]')];
  }

  /** Returns the provider with this script as its assets. */
  async replaceScript(name: string): Promise<Provider> {
    const script = { url: `${location.origin}/test/support/script.js?${name}` };
    return { ...(await findEntry(name)!.adapter()), assets: { [this.#environment]: { global: this.global, script } } };
  }
}

/** Lists everything that a library may have added outside our element. */
function listPageContent(): unknown[] {
  return [...document.head.children, ...document.body.children, ...document.adoptedStyleSheets, document.body.style.cssText];
}

/** Finds all inputs in the element and in its same-origin frames. */
function findInputs(element: Element): HTMLInputElement[] {
  const frames = [...element.querySelectorAll('iframe')].map(({ contentDocument }) => contentDocument!);
  return [element, ...frames].flatMap((place) => [...place.querySelectorAll('input')]);
}
