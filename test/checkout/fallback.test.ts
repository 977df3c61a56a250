import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { CheckoutError, type PayCheckout } from '../../src/index.js';
import type { RequestFunction } from '../../src/endpoint/send-request.js';
import type { Outcome } from '../../src/providers/provider.js';
import { answer } from '../support/answer.js';
import { fakeClock } from '../support/clock.js';
import { checkout, goodToken, reaches, statesOf, type Setup } from '../support/element.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';
import { declined, paid, pending } from './sample-outcomes.js';

/** An element with two providers, of which the test controls both forms. */
async function openTwo(setup: Partial<Setup> = {}): Promise<{ element: PayCheckout; first: MadeUp; second: MadeUp }> {
  const [first, second] = [registerMadeUp(), registerMadeUp()];
  const element = await checkout({ provider: first.name, fallback: second.name, order: 'A-1001', ...setup });
  return { element, first, second };
}

const timedOut = new CheckoutError('provider', 'timeout', 'The form did not come.');

/** Has the first form fail, and the second one open. */
async function openSecond(setup?: Partial<Setup>) {
  const opened = await openTwo(setup);
  (await opened.first.opened(1)).drawn.reject(timedOut);
  (await opened.second.opened(1)).drawn.resolve();
  await reaches(opened.element, 'ready');
  return opened;
}

describe('the fallback', () => {
  afterEach(() => restore());

  for (const reason of ['timeout', 'threw', 'session'] as const) {
    it(`opens after \`provider\` / \`${reason}\`, with its own attempt and no failed state between`, async () => {
      const { element, first, second } = await openTwo();
      const states = statesOf(element);
      (await first.opened(1)).drawn.reject(new CheckoutError('provider', reason, 'It failed.'));
      (await second.opened(1)).drawn.resolve();
      expect(await reaches(element, 'ready')).to.include({ provider: second.name, attempt: 2 });
      expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
      expect(first.openings).to.have.length(1);
      expect(first.last.context.signal.aborted).to.equal(true);
      expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
    });
  }

  for (const [code, reason] of [
    ['provider', 'blocked'],
    ['config', 'already-open'],
    ['config', 'provider-config'],
  ] as const) {
    it(`does not open after \`${code}\` / \`${reason}\`, which another provider would share`, async () => {
      const { element, first, second } = await openTwo();
      (await first.opened(1)).drawn.reject(new CheckoutError(code, reason, 'It failed.'));
      expect(await reaches(element, 'failed')).to.include({ provider: first.name });
      await settled();
      expect(second.openings).to.have.length(0);
    });
  }

  it('opens after the token endpoint reports that the provider is down', async () => {
    const down = { type: 'urn:pay-checkout:problem:provider-down', status: 503, retryable: false };
    const headers = { 'Content-Type': 'application/problem+json' };
    const requested: unknown[] = [];
    const first = registerMadeUp();
    const requestToken: RequestFunction = (_, { provider, fallback }) => {
      requested.push({ provider, fallback });
      return Promise.resolve(provider === first.name ? answer(down, { status: 503, headers }) : goodToken);
    };
    const second = registerMadeUp();
    await checkout({ provider: first.name, fallback: second.name, requestToken });
    await second.opened(1);
    expect(requested).to.deep.equal([
      { provider: first.name, fallback: true },
      { provider: second.name, fallback: undefined },
    ]);
  });

  it('does not open after a refusal of the order, and asks once', async () => {
    let requests = 0;
    const requestToken = () => Promise.resolve((requests++, answer({}, { status: 404 })));
    const { element } = await openTwo({ requestToken });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'refused');
    expect(requests).to.equal(1);
  });

  it('tries each name in turn, skips those that the page does not have, and then reports why the first failed', async () => {
    const warn = stub(console, 'warn');
    const [first, second, third] = [registerMadeUp(), registerMadeUp(), registerMadeUp()];
    const element = await checkout({ provider: first.name, fallback: ` ${second.name}  unknown ${third.name} ` });
    (await first.opened(1)).drawn.reject(new CheckoutError('provider', 'timeout', 'The first one.'));
    (await second.opened(1)).drawn.reject(new CheckoutError('provider', 'threw', 'The second one.'));
    (await third.opened(1)).drawn.reject(new CheckoutError('provider', 'threw', 'The third one.'));
    expect(await reaches(element, 'failed')).to.have.nested.property('error.message', 'The first one.');
    const reasons = ['The first one.', 'The second one.', 'The third one.'];
    expect(reasons.map((reason) => warn.args.some(([line]) => String(line).includes(reason)))).to.deep.equal([true, true, true]);
  });

  for (const retryable of [true, false]) {
    it(`reports the first error with \`retryable: ${retryable}\` if that of the second provider has it`, async () => {
      const { element, first, second } = await openTwo();
      const cause = new Error('It is down.');
      (await first.opened(1)).drawn.reject(new CheckoutError('provider', 'session', 'The first one.', { retryable: false, cause }));
      (await second.opened(1)).drawn.reject(new CheckoutError('provider', 'threw', 'The second one.', { retryable }));
      expect(await reaches(element, 'failed'))
        .to.have.property('error')
        .that.includes({ code: 'provider', reason: 'session', message: 'The first one.', cause, retryable });
    });
  }

  it('reports a refusal of the order instead of the first error', async () => {
    const first = registerMadeUp();
    const told = { shopperMessage: 'This order is paid.' };
    const headers = { 'Content-Type': 'application/problem+json' };
    const requestToken: RequestFunction = (_, { provider }) =>
      Promise.resolve(
        provider === first.name ? answer({ retryable: false }, { status: 503, headers }) : answer(told, { status: 404, headers }),
      );
    const element = await checkout({ provider: first.name, fallback: registerMadeUp().name, requestToken });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.shopperMessage', told.shopperMessage);
  });

  it('tries each provider once, although a name is repeated', async () => {
    const [first, second] = [registerMadeUp(), registerMadeUp()];
    const element = await checkout({ provider: first.name, fallback: `${second.name} ${first.name} ${second.name}` });
    (await first.opened(1)).drawn.reject(timedOut);
    (await second.opened(1)).drawn.reject(new CheckoutError('provider', 'threw', 'It threw.'));
    expect(await reaches(element, 'failed')).to.include({ attempt: 2 });
  });

  it('tries the provider again, with the time that it has without a fallback, if the page has no other', async () => {
    const warn = stub(console, 'warn');
    const first = registerMadeUp();
    const requested: unknown[] = [];
    const requestToken: RequestFunction = (_, { fallback }) => (requested.push(fallback), Promise.resolve(goodToken));
    const element = await checkout({ provider: first.name, fallback: 'payrok, izipayy', requestToken });
    (await first.opened(1)).drawn.reject(timedOut);
    (await first.opened(2)).drawn.resolve();
    expect(await reaches(element, 'ready')).to.include({ provider: first.name, attempt: 2 });
    expect(requested).to.deep.equal([true, undefined]);
    expect(warn.args.join()).to.contain(`${first.name} opens instead of missing payrok, izipayy.`);
  });

  it('writes from which provider to which it changes, and why, to the console', async () => {
    const warn = stub(console, 'warn');
    const { first, second } = await openSecond();
    const lines = warn.args.map(([line]) => String(line));
    expect(lines.filter((line) => line.includes(`${second.name} opens instead of ${first.name}`))).to.have.length(1);
    expect(lines.find((line) => line.includes('opens instead')))
      .to.contain('The form did not come.')
      .and.to.contain('provider/timeout');
  });

  it('gives each provider its own part of `config`', async () => {
    const [first, second] = [registerMadeUp(), registerMadeUp()];
    const config = { [first.name]: { theme: 'one' }, [second.name]: { theme: 'two' } };
    await checkout({ provider: first.name, fallback: second.name, config });
    const { context, drawn } = await first.opened(1);
    drawn.reject(timedOut);
    expect(context.config).to.deep.equal({ theme: 'one' });
    expect((await second.opened(1)).context.config).to.deep.equal({ theme: 'two' });
  });

  it('passes no `config` to a provider that is missing in a `config` by name', async () => {
    const [first, second] = [registerMadeUp(), registerMadeUp()];
    await checkout({ provider: first.name, fallback: second.name, config: { [first.name]: { theme: 'one' } } });
    (await first.opened(1)).drawn.reject(timedOut);
    expect((await second.opened(1)).context.config).to.deep.equal({});
  });

  it('never opens once a form was ready: its payment may be in flight', async () => {
    const { element, first, second } = await openTwo();
    (await first.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    first.report({ status: 'failed', error: new CheckoutError('provider', 'session', 'It ended.') });
    await reaches(element, 'failed');
    element.retry();
    (await first.opened(2)).drawn.reject(timedOut);
    (await first.opened(3)).drawn.reject(timedOut);
    await reaches(element, 'failed');
    await settled();
    expect(second.openings).to.have.length(0);
  });

  it('requests a token without `fallback` once a form was ready', async () => {
    const requested: unknown[] = [];
    const requestToken: RequestFunction = (_, { fallback }) => (requested.push(fallback), Promise.resolve(goodToken));
    const { element, first } = await openTwo({ requestToken });
    (await first.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    element.refresh();
    (await first.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    first.report({ status: 'cancelled' });
    element.retry();
    await first.opened(3);
    expect(requested).to.deep.equal([true, undefined, undefined]);
  });

  it('never opens for an order whose form was ready before another order', async () => {
    const { element, first, second } = await openTwo();
    (await first.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    element.order = 'A-1002';
    (await first.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    element.order = 'A-1001';
    (await first.opened(3)).drawn.reject(timedOut);
    (await first.opened(4)).drawn.reject(timedOut);
    await reaches(element, 'failed');
    await settled();
    expect(second.openings).to.have.length(0);
  });

  it('opens for another order, although the one before was paid', async () => {
    const { element, first, second } = await openTwo();
    (await first.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    first.report(paid);
    await reaches(element, 'succeeded');
    element.order = 'A-1002';
    (await first.opened(2)).drawn.reject(timedOut);
    await second.opened(1);
  });

  it('stays after `retry()`, and after a change that starts again', async () => {
    const { element, first, second } = await openSecond();
    second.report({ status: 'cancelled' });
    element.retry();
    (await second.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    element.config = { theme: 'dark' };
    await second.opened(3);
    expect(first.openings).to.have.length(1);
  });

  it('gives way to another provider that the page selects', async () => {
    const { element } = await openSecond();
    const third = registerMadeUp();
    element.provider = third.name;
    await third.opened(1);
  });

  it('keeps a pending payment when the page changes what starts again, but not its provider', async () => {
    const { element, first, second } = await openSecond();
    second.report(pending);
    await reaches(element, 'pending');
    element.config = { theme: 'dark' };
    await element.updateComplete;
    await settled();
    expect([first.openings.length, second.openings.length]).to.deep.equal([1, 1]);
    expect(element.status).to.equal('pending');
  });

  it('counts a late payment of the first provider, and closes the second form', async () => {
    const { element, first, second } = await openSecond();
    first.report(paid);
    expect(await reaches(element, 'succeeded')).to.include({ provider: first.name });
    expect(second.last.context.signal.aborted).to.equal(true);
  });

  describe('with files that do not load', () => {
    it('preloads the files of the second provider when a file of the first fails once', async () => {
      const [recovering, working] = [new Hostile('500-1'), new Hostile('ok')];
      const first = registerMadeUp({ assets: { sandbox: recovering.assets } });
      const second = registerMadeUp({ assets: { sandbox: working.assets } });
      await checkout({ provider: first.name, fallback: second.name });
      await first.opened(1);
      expect(await working.requests(1)).to.have.length(1);
      expect(second.openings).to.have.length(0);
    });

    it('opens after two tries of a file', async () => {
      const failing = new Hostile('500');
      const first = registerMadeUp({ assets: { sandbox: failing.assets } });
      const second = registerMadeUp();
      await checkout({ provider: first.name, fallback: second.name });
      await second.opened(1);
      expect(await failing.requests()).to.have.length(2);
    });

    it('opens 7 s after a script began to hang', async () => {
      const clock = fakeClock();
      const hanging = new Hostile('hang');
      const first = registerMadeUp({ assets: { sandbox: hanging.assets } });
      const second = registerMadeUp();
      await checkout({ provider: first.name, fallback: second.name });
      await settled();
      await clock.tickAsync(6_900);
      expect(second.openings).to.have.length(0);
      await clock.tickAsync(200);
      clock.restore();
      await second.opened(1);
      for (const _ of await hanging.requests()) await hanging.release();
    });
  });
});

/** What a library may do before its form is ready, in any order. */
type Step = { readonly name: string; readonly movesMoney?: true; run(madeUp: MadeUp): void };

const reportOf = (outcome: Outcome) => (madeUp: MadeUp) => madeUp.report(outcome);
const steps: readonly Step[] = [
  { name: 'fails to open', run: (madeUp) => madeUp.openings[0]!.drawn.reject(timedOut) },
  { name: 'is paid', movesMoney: true, run: reportOf(paid) },
  { name: 'is pending', movesMoney: true, run: reportOf(pending) },
  { name: 'is uncertain', movesMoney: true, run: ({ last }) => last.context.onUncertain() },
  { name: 'is declined', run: reportOf(declined) },
  { name: 'is cancelled', run: reportOf({ status: 'cancelled' }) },
  { name: 'is ready', movesMoney: true, run: (madeUp) => madeUp.openings[0]!.drawn.resolve() },
];

describe('the fallback, in every order of two steps of the first form', () => {
  afterEach(() => restore());

  for (const one of steps) {
    for (const other of steps.filter((step) => step !== one)) {
      it(`never opens after money may have moved: the first ${one.name}, then ${other.name}`, async () => {
        stub(console, 'warn');
        const { first, second } = await openTwo();
        await first.opened(1);
        one.run(first);
        await settled();
        const openedBefore = second.openings.length;
        other.run(first);
        await settled();
        if (one.movesMoney) expect(second.openings).to.have.length(0);
        // A report that follows the change of provider ends the second form instead.
        if (openedBefore === 1 && other.name === 'is paid') expect(second.last.context.signal.aborted).to.equal(true);
      });
    }
  }
});
