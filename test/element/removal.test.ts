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
  /** What is around the element, or around the hosts that it is in. */
  readonly place: HTMLElement;
  /** What the token endpoint was asked for. */
  readonly answers: Deferred<object>[];
  readonly clock: SinonFakeTimers;
}

interface Phase {
  drive(scene: Scene): unknown;
  readonly setup?: Partial<Setup>;
  /** Of what is around the element. */
  readonly style?: Partial<CSSStyleDeclaration>;
  /** Whether the session ages while its form stands. */
  readonly ages?: boolean;
  /** Whether even the first answer of the token endpoint is in the test's hands. */
  readonly holds?: boolean;
}

/** The outcome endpoint never answers. */
const setup = { outcomeEndpoint: '/outcome' };

const phases: Record<string, Phase> = {
  'waits for its button': { drive: ({ element }) => element.updateComplete, setup: { loading: 'manual' } },
  'waits until it nears the viewport': {
    drive: ({ element }) => element.updateComplete,
    setup: { loading: 'lazy' },
    style: { marginTop: '5000px' },
  },
  'waits for its provider to be registered': { drive: ({ element }) => reaches(element, 'failed'), setup: { provider: 'unheard-of' } },
  'waits for a box': { drive: ({ element }) => reaches(element, 'loading'), style: { display: 'none' } },
  'has just begun': { drive: ({ element }) => reaches(element, 'loading') },
  'waits for its token': { drive: ({ answers }) => asked(answers, 1), holds: true },
  'waits to ask for its token again': { drive: (scene) => backingOff(scene), holds: true },
  'waits for a box again': { drive: (scene) => closedAgain(scene), holds: true },
  'waits for its form': { drive: ({ madeUp }) => madeUp.opened(1) },
  'stands ready': { drive: (scene) => ready(scene) },
  'stands ready, in a session that ages': { drive: (scene) => ready(scene), ages: true },
  'stands ready, and was typed in': { drive: (scene) => typedIn(scene), ages: true },
  'waits for a successor of its token': { drive: (scene) => succeeding(scene), ages: true },
  'waits for a successor of its form': { drive: (scene) => replaced(scene), ages: true },
  'asks the backend': { drive: (scene) => reported(scene, paid, 'confirming'), setup },
  'asks the backend about a pending payment': { drive: (scene) => reported(scene, pending, 'confirming'), setup },
  'is pending': { drive: (scene) => reported(scene, pending, 'pending') },
  'has succeeded': { drive: (scene) => reported(scene, paid, 'succeeded') },
  'has failed': { drive: (scene) => reported(scene, declined, 'failed') },
  'was cancelled': { drive: (scene) => reported(scene, { status: 'cancelled' }, 'cancelled') },
  'has expired': { drive: (scene) => reported(scene, { status: 'expired' }, 'expired') },
  'says that it is ready': { drive: (scene) => removedInTime(scene) },
  'tries again': { drive: (scene) => triedAgain(scene) },
};

async function asked(answers: Deferred<object>[], count: number): Promise<Deferred<object>> {
  await until(() => answers.length >= count, `token request ${count}`, 0);
  return answers[count - 1]!;
}

async function backingOff({ answers }: Scene): Promise<void> {
  const answer = await asked(answers, 1);
  const timer = spy(window, 'setTimeout');
  answer.reject(new TypeError('down'));
  await until(() => timer.called, 'the timer of the next try', 0);
}

async function closedAgain({ element, place, answers }: Scene): Promise<void> {
  const answer = await asked(answers, 1);
  place.style.display = 'none';
  const told = new Promise<void>((resolve) => element.addEventListener('pay-timing', ({ phase }) => phase === 'token' && resolve()));
  answer.resolve(goodToken);
  await told;
  await settled();
}

async function removedInTime(scene: Scene): Promise<void> {
  scene.element.addEventListener('pay-ready', () => scene.place.remove());
  await ready(scene);
}

async function ready({ element, madeUp }: Scene): Promise<void> {
  (await madeUp.opened(1)).drawn.resolve();
  await reaches(element, 'ready');
}

async function typedIn(scene: Scene): Promise<void> {
  await ready(scene);
  scene.madeUp.last.context.container.dispatchEvent(new Event('input', { bubbles: true }));
}

async function succeeding(scene: Scene): Promise<void> {
  await ready(scene);
  await scene.clock.tickAsync(29_000);
  await asked(scene.answers, 2);
}

async function replaced(scene: Scene): Promise<void> {
  await succeeding(scene);
  scene.answers[1]!.resolve(goodToken);
  await scene.madeUp.opened(2);
}

async function reported(scene: Scene, outcome: Parameters<MadeUp['report']>[0], status: PayCheckout['status']): Promise<void> {
  await ready(scene);
  scene.madeUp.report(outcome);
  await reaches(scene.element, status);
}

async function triedAgain(scene: Scene): Promise<void> {
  await reported(scene, declined, 'failed');
  scene.element.retry();
  await asked(scene.answers, 2);
}

describe('an element that is removed', () => {
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

  async function begin({ drive, setup, style, ages = false, holds = false }: Phase, isNested: boolean) {
    const madeUp = registerMadeUp({ agesWhileOpen: ages });
    const answers: Deferred<object>[] = [];
    const requestToken = () => {
      const answer = deferred<object>();
      if (!holds && answers.length === 0) answer.resolve(goodToken);
      answers.push(answer);
      return answer.promise;
    };
    const place = document.body.appendChild(document.createElement('div'));
    Object.assign(place.style, style);
    const element = create({ provider: madeUp.name, requestToken, ...setup });
    if (isNested) nest(element, place);
    else place.append(element);
    const scene = { element, madeUp, place, answers, clock };
    await drive(scene);
    return scene;
  }

  /** What is still to come, once nothing can stop it any more. */
  async function letEverybodySpeak({ madeUp, answers }: Scene): Promise<void> {
    for (const { context, drawn } of madeUp.openings) {
      drawn.resolve();
      context.report(paid);
    }
    for (const { resolve } of answers) resolve(goodToken);
    await clock.tickAsync(3_600_000);
    await settled();
  }

  for (const [name, phase] of Object.entries(phases)) {
    for (const where of ['', ', inside two shadow roots']) {
      it(`while it ${name} leaves no node, no listener, no observer and no timer${where}`, async () => {
        const before = { page: document.body.outerHTML, timers: clock.countTimers() };
        const scene = await begin(phase, where !== '');
        const { element, madeUp, place } = scene;
        const states = statesOf(element);
        const { status } = element;
        place.remove();
        await settled();
        expect(living.listeners).to.deep.equal([]);
        expect(living.observers).to.deep.equal([]);
        expect(clock.countTimers()).to.equal(before.timers);
        expect(document.body.outerHTML).to.equal(before.page);
        expect([element.childElementCount, place.querySelectorAll('[id], slot').length]).to.deep.equal([0, 0]);
        for (const { context } of madeUp.openings) expect(context.signal.aborted).to.equal(true);
        await letEverybodySpeak(scene);
        expect(states).to.deep.equal([]);
        expect(element.status).to.equal(status === 'succeeded' ? 'succeeded' : 'idle');
        expect(element.childElementCount).to.equal(0);
        expect(rejections).to.deep.equal([]);
      });
    }
  }

  it('has listeners, observers and timers while it is there', async () => {
    const { element } = await begin({ drive: ready, ages: true }, false);
    expect(living.listeners).to.include.members(['blur', 'focus', 'pageshow', 'visibilitychange']);
    expect(living.observers).to.include('MutationObserver');
    expect(clock.countTimers()).to.be.greaterThan(0);
    element.parentElement!.remove();
  });
});
