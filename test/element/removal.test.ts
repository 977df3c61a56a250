import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers } from 'sinon';
import { CheckoutError } from '../../src/state/errors.js';
import type { PayCheckout } from '../../src/index.js';
import { fakeClock, until } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { create, goodToken, reaches, statesOf, type Setup } from '../support/element.js';
import { countLiving, type Living } from '../support/leaks.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { nest } from '../support/nested.js';
import { settled } from '../support/work.js';

const paid = { status: 'succeeded', reference: 'r-1', raw: {} } as const;
const pending = { ...paid, status: 'pending' } as const;
const declined = { status: 'failed', error: new CheckoutError('declined', undefined, 'No.') } as const;

interface Scene {
  readonly element: PayCheckout;
  readonly madeUp: MadeUp;
  /** Contains the element, or the hosts that it is in. */
  readonly container: HTMLElement;
  /** The responses of the token endpoint, one for each request. */
  readonly responses: Deferred<object>[];
  readonly clock: SinonFakeTimers;
}

interface Phase {
  drive(scene: Scene): unknown;
  readonly setup?: Partial<Setup>;
  /** Styles of the container. */
  readonly style?: Partial<CSSStyleDeclaration>;
  /** Whether the session ages while its form is open. */
  readonly ages?: boolean;
  /** Whether the test also controls the first response of the token endpoint. */
  readonly holdsFirstResponse?: boolean;
}

/** The outcome endpoint never responds. */
const setup = { outcomeEndpoint: '/outcome' };

const phases: Record<string, Phase> = {
  'waits for its start button': { drive: ({ element }) => element.updateComplete, setup: { loading: 'manual' } },
  'waits until it nears the viewport': {
    drive: ({ element }) => element.updateComplete,
    setup: { loading: 'lazy' },
    style: { marginTop: '5000px' },
  },
  'waits for its provider to be registered': { drive: ({ element }) => reaches(element, 'failed'), setup: { provider: 'unknown' } },
  'waits for a box': { drive: ({ element }) => reaches(element, 'loading'), style: { display: 'none' } },
  starts: { drive: ({ element }) => reaches(element, 'loading') },
  'waits for its token': { drive: ({ responses }) => untilRequested(responses, 1), holdsFirstResponse: true },
  'waits to repeat the token request': { drive: (scene) => untilBackingOff(scene), holdsFirstResponse: true },
  'waits for a box again': { drive: (scene) => hideDuringRequest(scene), holdsFirstResponse: true },
  'waits for its form': { drive: ({ madeUp }) => madeUp.opened(1) },
  'is ready': { drive: (scene) => open(scene) },
  'is ready in a session that ages': { drive: (scene) => open(scene), ages: true },
  'is ready and was typed in': { drive: (scene) => openAndType(scene), ages: true },
  'waits for the token that replaces an aging session': { drive: (scene) => untilReplacementRequested(scene), ages: true },
  'waits for the form that replaces an aging session': { drive: (scene) => untilReplacementOpens(scene), ages: true },
  'confirms a payment': { drive: (scene) => openAndReport(scene, paid, 'confirming'), setup },
  'confirms a pending payment': { drive: (scene) => openAndReport(scene, pending, 'confirming'), setup },
  'is pending': { drive: (scene) => openAndReport(scene, pending, 'pending') },
  'has succeeded': { drive: (scene) => openAndReport(scene, paid, 'succeeded') },
  'has failed': { drive: (scene) => openAndReport(scene, declined, 'failed') },
  'is cancelled': { drive: (scene) => openAndReport(scene, { status: 'cancelled' }, 'cancelled') },
  'has expired': { drive: (scene) => openAndReport(scene, { status: 'expired' }, 'expired') },
  'dispatches `pay-ready`': { drive: (scene) => removeWhenReady(scene) },
  retries: { drive: (scene) => failAndRetry(scene) },
};

async function untilRequested(responses: Deferred<object>[], count: number): Promise<Deferred<object>> {
  await until(() => responses.length >= count, `token request ${count}`, 0);
  return responses[count - 1]!;
}

async function untilBackingOff({ responses }: Scene): Promise<void> {
  const response = await untilRequested(responses, 1);
  const timer = spy(window, 'setTimeout');
  response.reject(new TypeError('down'));
  await until(() => timer.called, 'the timer of the next try', 0);
}

async function hideDuringRequest({ element, container, responses }: Scene): Promise<void> {
  const response = await untilRequested(responses, 1);
  container.style.display = 'none';
  const measured = new Promise<void>((resolve) => element.addEventListener('pay-timing', ({ phase }) => phase === 'token' && resolve()));
  response.resolve(goodToken);
  await measured;
  await settled();
}

async function removeWhenReady(scene: Scene): Promise<void> {
  scene.element.addEventListener('pay-ready', () => scene.container.remove());
  await open(scene);
}

async function open({ element, madeUp }: Scene): Promise<void> {
  (await madeUp.opened(1)).drawn.resolve();
  await reaches(element, 'ready');
}

async function openAndType(scene: Scene): Promise<void> {
  await open(scene);
  scene.madeUp.last.context.container.dispatchEvent(new Event('input', { bubbles: true }));
}

async function untilReplacementRequested(scene: Scene): Promise<void> {
  await open(scene);
  await scene.clock.tickAsync(29_000);
  await untilRequested(scene.responses, 2);
}

async function untilReplacementOpens(scene: Scene): Promise<void> {
  await untilReplacementRequested(scene);
  scene.responses[1]!.resolve(goodToken);
  await scene.madeUp.opened(2);
}

async function openAndReport(scene: Scene, outcome: Parameters<MadeUp['report']>[0], status: PayCheckout['status']): Promise<void> {
  await open(scene);
  scene.madeUp.report(outcome);
  await reaches(scene.element, status);
}

async function failAndRetry(scene: Scene): Promise<void> {
  await openAndReport(scene, declined, 'failed');
  scene.element.retry();
  await untilRequested(scene.responses, 2);
}

describe('<pay-checkout>', () => {
  const { fetch } = window;
  let clock: SinonFakeTimers;
  let living: Living;
  let rejections: unknown[];
  const onRejection = (event: PromiseRejectionEvent) => rejections.push(event.reason);

  beforeEach(() => {
    rejections = [];
    addEventListener('unhandledrejection', onRejection);
    window.fetch = () => new Promise(() => {});
    clock = fakeClock();
    living = countLiving();
  });

  afterEach(() => {
    living.end();
    clock.restore();
    window.fetch = fetch;
    removeEventListener('unhandledrejection', onRejection);
  });

  async function start({ drive, setup, style, ages = false, holdsFirstResponse = false }: Phase, isNested: boolean) {
    const madeUp = registerMadeUp({ agesWhileOpen: ages });
    const responses: Deferred<object>[] = [];
    const requestToken = () => {
      const response = deferred<object>();
      if (!holdsFirstResponse && responses.length === 0) response.resolve(goodToken);
      responses.push(response);
      return response.promise;
    };
    const container = document.body.appendChild(document.createElement('div'));
    Object.assign(container.style, style);
    const element = create({ provider: madeUp.name, requestToken, ...setup });
    if (isNested) nest(element, container);
    else container.append(element);
    const scene = { element, madeUp, container, responses, clock };
    await drive(scene);
    return scene;
  }

  /** Settles everything that is outstanding, and lets an hour pass. */
  async function settleEverything({ madeUp, responses }: Scene): Promise<void> {
    for (const { context, drawn } of madeUp.openings) {
      drawn.resolve();
      context.report(paid);
    }
    for (const { resolve } of responses) resolve(goodToken);
    await clock.tickAsync(3_600_000);
    await settled();
  }

  for (const [name, phase] of Object.entries(phases)) {
    for (const where of ['', ', inside two shadow roots']) {
      it(`leaves no node, listener, observer or timer when it is removed while it ${name}${where}`, async () => {
        const before = { page: document.body.outerHTML, timers: clock.countTimers() };
        const scene = await start(phase, where !== '');
        const { element, madeUp, container } = scene;
        const states = statesOf(element);
        const { status } = element;
        container.remove();
        await settled();
        expect(living.listeners).to.deep.equal([]);
        expect(living.observers).to.deep.equal([]);
        expect(clock.countTimers()).to.equal(before.timers);
        expect(document.body.outerHTML).to.equal(before.page);
        expect([element.childElementCount, container.querySelectorAll('[id], slot').length]).to.deep.equal([0, 0]);
        for (const { context } of madeUp.openings) expect(context.signal.aborted).to.equal(true);
        await settleEverything(scene);
        expect(states).to.deep.equal([]);
        expect(element.status).to.equal(status === 'succeeded' ? 'succeeded' : 'idle');
        expect(element.childElementCount).to.equal(0);
        expect(rejections).to.deep.equal([]);
      });
    }
  }

  it('has listeners, observers and timers until it is removed', async () => {
    const { element } = await start({ drive: open, ages: true }, false);
    expect(living.listeners).to.include.members(['blur', 'focus', 'pageshow', 'visibilitychange']);
    expect(living.observers).to.include('MutationObserver');
    expect(clock.countTimers()).to.be.greaterThan(0);
    element.parentElement!.remove();
  });
});
