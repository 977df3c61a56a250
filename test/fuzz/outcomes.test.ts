import { expect } from '@open-wc/testing';
import { stub } from 'sinon';
import { outcomesLike, send, type Answer } from './answers.js';
import { holds, runsHere } from './check.js';
import { registerMadeUp } from '../support/made-up.js';
import { openSceneOf } from './scene.js';

const runs = runsHere(2_000);

describe('<pay-checkout> with generated outcome responses', () => {
  it(`succeeds only after paid, authorized or saved, and is pending after an unusable response: ${runs} responses`, async function () {
    this.timeout(150_000);
    const madeUp = registerMadeUp();
    const scene = await openSceneOf(madeUp.name);
    const fetched = stub(window, 'fetch');
    const ends = new Set<string>();
    await holds(outcomesLike(), runs, async (answer) => {
      fetched.callsFake(() => send(answer) as Promise<Response>);
      scene.next({ requestToken: () => Promise.resolve({ token: 'tok', expiresIn: 30 }), outcomeEndpoint: '/outcome' });
      const { drawn } = await madeUp.opened(madeUp.openings.length + 1);
      drawn.resolve();
      await scene.until(() => scene.element.status === 'ready');
      madeUp.report({ status: 'succeeded', reference: 'r-1', raw: {} });
      await scene.until(() => scene.element.status !== 'ready' && scene.element.status !== 'confirming');
      scene.witness.judge();
      const { state } = scene.element;
      ends.add(state.status);
      expect(state.status).to.equal(expected(answer));
      if (state.status === 'succeeded') expect(state).to.include({ confirmed: true, outcome: outcomeIn(answer) });
      if (state.status === 'pending' && outcomeIn(answer) !== 'pending') expect(state.error, 'why it is pending').to.be.an('error');
    }).finally(() => (scene.close(), fetched.restore()));
    expect([...ends]).to.have.members(['succeeded', 'pending', 'failed']);
  });
});

function expected(answer: Answer): string {
  const outcome = outcomeIn(answer);
  if (outcome === 'declined') return 'failed';
  return outcome === 'paid' || outcome === 'authorized' || outcome === 'saved' ? 'succeeded' : 'pending';
}

/** Reads the outcome in the simplest way: a 2xx response whose JSON is an object with its own `outcome` key. */
function outcomeIn(answer: Answer): unknown {
  if (!('body' in answer) || answer.end !== 'whole' || answer.status >= 300 || answer.status === 204 || answer.status === 205)
    return undefined;
  try {
    const json = JSON.parse(answer.body) as unknown;
    return json !== null && Object.hasOwn(json as object, 'outcome') ? (json as { outcome: unknown }).outcome : undefined;
  } catch {
    return undefined;
  }
}
