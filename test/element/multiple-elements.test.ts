import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { fakeClock } from '../support/clock.js';
import { checkout, reaches, ready } from '../support/element.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp } from '../support/made-up.js';
import { countRequests } from './count-requests.js';

const paid = { status: 'succeeded', reference: 'r-1', raw: {} } as const;

let clock: SinonFakeTimers;
beforeEach(() => (clock = fakeClock()));
afterEach(() => clock.restore());

describe('<pay-checkout>', () => {
  describe('beside another element', () => {
    it('keeps form, token and outcome of two elements of one provider apart', async () => {
      const madeUp = registerMadeUp();
      const [one, other] = [
        await ready(madeUp, { order: '1', ...countRequests() }),
        await ready(madeUp, { order: '2', ...countRequests() }),
      ];
      const [first, second] = madeUp.openings.map(({ context }) => context);
      expect([first!.container.parentElement === one, second!.container.parentElement === other]).to.deep.equal([true, true]);
      second!.report(paid);
      expect([one.status, other.status]).to.deep.equal(['ready', 'succeeded']);
      one.remove();
      expect([first!.signal.aborted, one.childElementCount, other.status]).to.deep.equal([true, 0, 'succeeded']);
    });

    it('fails for a second environment of one provider, until the page is reloaded', async () => {
      const [sandbox, production] = [new Hostile('ok'), new Hostile('ok')];
      const assets = { sandbox: sandbox.assets, production: { ...production.assets, global: sandbox.name } };
      const madeUp = registerMadeUp({ assets });
      const one = await ready(madeUp, { order: '1' });
      const other = await checkout({ provider: madeUp.name, environment: 'production', order: '2' });
      const state = await reaches(other, 'failed');
      expect(state).to.have.nested.property('error.reason', 'environment-conflict');
      expect(state).to.have.nested.property('error.retryable', false);
      expect([one.status, production.tags.length]).to.deep.equal(['ready', 0]);
      one.remove();
      other.retry();
      expect(await reaches(other, 'failed')).to.have.nested.property('error.reason', 'environment-conflict');
      other.environment = 'sandbox';
      await madeUp.opened(2);
    });

    it('keeps the payments of elements of two providers apart', async () => {
      const [one, other] = [registerMadeUp(), registerMadeUp()];
      const elements = [await ready(one, { order: '1' }), await ready(other, { order: '2' })];
      one.report({ status: 'succeeded', raw: {} });
      expect(elements.map(({ status }) => status)).to.deep.equal(['succeeded', 'ready']);
      expect(one.last.context.container.id).to.not.equal(other.last.context.container.id);
    });
  });
});
