import { expect } from '@open-wc/testing';
import { PayStateEvent } from '../../src/state/events.js';
import { createResult, canFollow, type CheckoutState, type Status } from '../../src/state/state.js';
import { everythingIn, secret } from '../support/endpoint.js';

const endings = ['failed', 'cancelled', 'expired'] as const;
const reports = ['confirming', 'succeeded', 'pending', ...endings] as const;
const all: readonly Status[] = ['idle', 'loading', 'initializing', 'ready', ...reports];

const allowedAfter = (from: Status, candidates = all) => candidates.filter((to) => canFollow(from, to));

describe('mayFollow', () => {
  it('lets no state follow a success', () => {
    expect(allowedAfter('succeeded')).to.deep.equal([]);
  });

  it('accepts a success in every state of an attempt, as money may have moved', () => {
    const begun = all.filter((from) => from !== 'idle' && from !== 'succeeded');
    expect(begun.filter((from) => !canFollow(from, 'succeeded'))).to.deep.equal([]);
    expect(begun.filter((from) => !canFollow(from, 'confirming'))).to.deep.equal([]);
  });

  it('accepts everything that the provider reports after a pending payment', () => {
    expect(allowedAfter('pending', reports)).to.deep.equal(reports);
  });

  it('ignores a cancelled or expired form while the backend confirms the payment', () => {
    expect(allowedAfter('confirming', endings)).to.deep.equal(['failed']);
  });

  for (const ending of endings) {
    it(`ignores every other ending of an attempt that is ${ending}, but accepts a late payment`, () => {
      expect(allowedAfter(ending, reports)).to.deep.equal(['confirming', 'succeeded', 'pending']);
    });
  }

  it('accepts `ready` only after the form was initialized', () => {
    expect(all.filter((from) => canFollow(from, 'ready'))).to.deep.equal(['initializing', 'ready']);
  });
});

describe('a result', () => {
  const raw = { token: secret };
  const result = createResult({ provider: 'payroc', reference: 'r-1', singleUseToken: secret, raw });

  it("shows neither the single-use token nor the provider's object in JSON, in a copy or in its keys", () => {
    expect(JSON.stringify(result)).to.equal('{"provider":"payroc","reference":"r-1"}');
    expect(JSON.stringify({ ...result })).not.to.include(secret);
    expect(JSON.stringify(structuredClone(result))).not.to.include(secret);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(result)).to.be.true;
  });

  it('has no reference where there is none', () => {
    expect(Object.keys(createResult({ provider: 'payme', raw }))).to.deep.equal(['provider']);
  });
});

describe('a state event', () => {
  const result = createResult({ provider: 'payroc', singleUseToken: secret, raw: { secret } });
  const states: CheckoutState[] = [
    { status: 'confirming', attempt: 1, result },
    { status: 'pending', attempt: 1, result },
    { status: 'succeeded', attempt: 1, result, confirmed: true },
  ];

  it('never shows the single-use token in JSON', () => {
    for (const state of states) expect(everythingIn(new PayStateEvent(state)) + everythingIn(state), state.status).not.to.include(secret);
  });
});
