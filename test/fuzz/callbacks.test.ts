import { expect } from '@open-wc/testing';
import { stub } from 'sinon';
import type { CheckoutState } from '../../src/state/state.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { answer } from '../support/endpoint.js';
import { turn } from '../support/work.js';
import { goodAnswers } from './answers.js';
import { isSuccess, playsOf, type Call, type Moment, type Play } from './callbacks.js';
import { holds, runsHere } from './check.js';
import { valueOf } from './payloads.js';
import { fuzzOf } from './provider-fuzz.js';
import { openScene, type QuickScene } from './scene.js';

/** Runs for each provider; a run has one to six callbacks. */
const runs = runsHere(2_000);

describe('<pay-checkout> with generated library callbacks', () => {
  for (const provider of providerNames) {
    it(`enters only allowed states, throws nothing and reveals no token with ${provider}: ${runs} callback sequences`, async function () {
      this.timeout(150_000);
      const good = await goodAnswer(provider);
      const plays = playsOf(provider);
      const scene = await openScene(provider);
      const fetched = stub(window, 'fetch');
      const ends = new Set<string>();
      await holds(plays, runs, async (play) => {
        fetched.callsFake(() => Promise.resolve(answer({ outcome: play.outcome })));
        scene.next({ requestToken: () => Promise.resolve(good), outcomeEndpoint: play.outcome && '/outcome' });
        const state = await stateAfter(scene, play);
        ends.add(state.status);
        scene.witness.judge();
        judge(provider, state, play);
      }).finally(() => (scene.close(), fetched.restore()));
      expect([...ends]).to.include.members([...fuzzOf(provider).states]);
    });
  }
});

/** A token for the payment that the library's callbacks are about. */
async function goodAnswer(provider: ProviderName): Promise<object> {
  const [good] = (await goodAnswers(provider)) as { config: object }[];
  return { ...good, config: { ...good!.config, ...fuzzOf(provider).config } };
}

/** @returns the state before the removal */
async function stateAfter({ element, quick, witness, until }: QuickScene, { calls }: Play): Promise<CheckoutState> {
  const isQuiet = () => !['idle', 'loading', 'initializing', 'confirming'].includes(element.status);
  const callAt = (moment: Moment) =>
    calls.filter(({ at }) => at === moment).map((call) => () => quick.callbacks.get(call.name)?.(valueOf(call.payload)));
  quick.onOpening = () => callAt('while it opens the form').forEach((call) => witness.guard(call));
  await until(isQuiet);
  for (const call of callAt('when the form is open')) {
    witness.guard(call);
    await turn();
  }
  await until(isQuiet);
  const { state } = element;
  const told = witness.states.length;
  element.remove();
  for (const call of callAt('after the removal')) witness.guard(call);
  await turn();
  await turn();
  if (witness.states.length > told) throw new Error(`It was removed, and enters ${element.status}.`);
  return state;
}

function judge(provider: ProviderName, { status, ...state }: CheckoutState, { calls, outcome }: Play): void {
  const demanded = calls.filter((call) => isSuccess(provider, call));
  const [isPaid, wasSaid] = [status === 'succeeded', demanded.some(({ at }) => at !== 'after the removal')];
  const isGood = outcome === 'paid' || outcome === 'authorized';
  if (isPaid && !wasSaid && !isGood) throw new Error('It succeeds without a reported payment.');
  if (isPaid && outcome !== undefined && !isGood) throw new Error(`It succeeds, and the backend says ${outcome}.`);
  if (isPaid && (state as { outcome?: string }).outcome !== outcome) throw new Error('It is wrong about who says so.');
  if (isPaid && (state as { confirmed?: boolean }).confirmed !== isGood) throw new Error('It is wrong about who says so.');
  if (['succeeded', 'pending'].includes(status) && !('result' in state)) throw new Error('No result.');
  const isLost = outcome === undefined && !isPaid && demanded.some((call) => mustSucceed(provider, call));
  if (isLost) throw new Error(`A success was reported, and it is ${status}.`);
}

/** A success may be ignored after the removal. A success of another payment is always ignored. */
function mustSucceed(provider: ProviderName, { at, payload }: Call): boolean {
  const { isOwn = () => true } = fuzzOf(provider);
  return at === 'when the form is open' && isOwn(payload as Record<string, unknown>);
}
