import { expect } from '@open-wc/testing';
import { PayStateEvent } from '../../src/state/events.js';
import { createResult, canFollow, type CheckoutState, type Status } from '../../src/state/state.js';
import { everythingIn, secret } from '../support/endpoint.js';

const endings = ['failed', 'cancelled', 'expired'] as const;
const reports = ['confirming', 'succeeded', 'pending', ...endings] as const;
const all: readonly Status[] = ['idle', 'loading', 'initializing', 'ready', ...reports];

const allowedAfter = (from: Status, candidates = all) => candidates.filter((to) => canFollow(from, to));

describe('canFollow', () => {
  it('accepts no state after a success', () => {
    expect(allowedAfter('succeeded')).to.deep.equal([]);
  });

  it('accepts a success in every state of an attempt, because money may have moved', () => {
    const begun = all.filter((from) => from !== 'idle' && from !== 'succeeded');
    expect(begun.filter((from) => !canFollow(from, 'succeeded'))).to.deep.equal([]);
    expect(begun.filter((from) => !canFollow(from, 'confirming'))).to.deep.equal([]);
  });

  it('accepts every report after a pending payment', () => {
    expect(allowedAfter('pending', reports)).to.deep.equal(reports);
  });

  it('ignores a cancelled or expired form while the backend confirms the payment', () => {
    expect(allowedAfter('confirming', endings)).to.deep.equal(['failed']);
  });

  for (const ending of endings) {
    it(`ignores every other ending after ${ending}, but accepts a late payment`, () => {
      expect(allowedAfter(ending, reports)).to.deep.equal(['confirming', 'succeeded', 'pending']);
    });
  }

  it('accepts `ready` only after `initializing`', () => {
    expect(all.filter((from) => canFollow(from, 'ready'))).to.deep.equal(['initializing', 'ready']);
  });
});

describe('createResult', () => {
  const raw = { token: secret };
  const result = createResult({ provider: 'payroc', reference: 'r-1', singleUseToken: secret, raw });

  it("hides the single-use token and the provider's object from JSON and copies", () => {
    expect(JSON.stringify(result)).to.equal('{"provider":"payroc","reference":"r-1"}');
    expect(JSON.stringify({ ...result })).not.to.include(secret);
    expect(JSON.stringify(structuredClone(result))).not.to.include(secret);
  });

  it('freezes the result', () => {
    expect(Object.isFrozen(result)).to.be.true;
  });

  it('omits a missing reference', () => {
    expect(Object.keys(createResult({ provider: 'payme', raw }))).to.deep.equal(['provider']);
  });
});

describe('PayStateEvent', () => {
  const result = createResult({ provider: 'payroc', singleUseToken: secret, raw: { secret } });
  const states: CheckoutState[] = [
    { status: 'confirming', attempt: 1, result },
    { status: 'pending', attempt: 1, result },
    { status: 'succeeded', attempt: 1, result, confirmed: true, outcome: 'paid' },
  ];

  it('hides the single-use token from JSON', () => {
    for (const state of states) expect(everythingIn(new PayStateEvent(state)) + everythingIn(state), state.status).not.to.include(secret);
  });
});
