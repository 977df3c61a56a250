import { expect } from '@open-wc/testing';
import { providerNames } from '../../src/testing/providers.js';
import { answersLike, goodAnswers, send } from './answers.js';
import { checksAll, holds, runsHere } from './check.js';
import { openScene, type Scene } from './scene.js';

/** Runs for each provider: ten thousand in total in Chromium. */
const runs = runsHere(3_334);

describe('<pay-checkout> with generated token responses', () => {
  for (const provider of providerNames) {
    it(`reaches a documented state and reveals no token with ${provider}: ${runs} responses`, async function () {
      this.timeout(150_000);
      const scene = await openScene(provider);
      const ends = new Set<string>();
      const answers = answersLike(await goodAnswers(provider));
      await holds(answers, runs, async (answer) => {
        scene.next({ requestToken: () => send(answer) });
        await scene.until(() => isOver(scene));
        scene.witness.judge();
        ends.add(endOf(scene));
      }).finally(() => scene.close());
      // A run with a tenth of the cases may miss the rare failures.
      expect([...ends]).to.include.members(checksAll ? ['ready', 'succeeded', 'pending', ...failures] : ['ready']);
    });
  }
});

/** The failures that the responses can cause. */
const failures = [
  ...['endpoint/http', 'endpoint/unreachable', 'endpoint/timeout', 'config/provider-config'],
  ...['token/refused', 'token/shape', 'token/mismatch', 'token/stale', 'token/provider'],
];

function isOver({ element: { status } }: Scene): boolean {
  return ['ready', 'succeeded', 'pending', 'failed'].includes(status);
}

function endOf({ element: { state } }: Scene): string {
  return state.status === 'failed' ? `${state.error.code}/${state.error.reason}` : state.status;
}
