import { expect } from '@open-wc/testing';
import { providerNames } from '../../src/testing/providers.js';
import { answersLike, goodAnswers, send } from './answers.js';
import { checksAll, holds, runsHere } from './check.js';
import { openScene, type Scene } from './scene.js';

/** For each provider: ten thousand in all in Chromium. */
const runs = runsHere(3_334);

describe('whatever the token endpoint answers, a checkout comes to a state that is documented, and tells no token', () => {
  for (const provider of providerNames) {
    it(`${provider}, ${runs} answers`, async function () {
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
      // A tenth of the cases need not reach the rare ones.
      expect([...ends]).to.include.members(checksAll ? ['ready', ...failures] : ['ready']);
    });
  }
});

/** What the answers can come to beside a form. */
const failures = [
  ...['endpoint/http', 'endpoint/unreachable', 'endpoint/timeout', 'config/provider-config'],
  ...['token/refused', 'token/shape', 'token/mismatch', 'token/stale', 'token/provider'],
];

function isOver({ element: { status } }: Scene): boolean {
  return status === 'ready' || status === 'failed';
}

function endOf({ element: { state } }: Scene): string {
  return state.status === 'failed' ? `${state.error.code}/${state.error.reason}` : state.status;
}
