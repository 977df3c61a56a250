import { expect } from '@open-wc/testing';
import { CheckoutError } from '../src/errors.js';
import { PayStateEvent, PayTimingEvent } from '../src/events.js';
import { createResult, mayFollow, mayRetry, type CheckoutState, type Status } from '../src/state.js';
import { everythingIn, secret } from './support/endpoint.js';

const all: Status[] = [
  ...(['idle', 'loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'] as const),
];

/** Rows are what was, columns what may come: in the order of `all`. */
const table: Record<Status, string> = {
  //            I L I R C S P F C E
  idle: /*   */ '. x . . x . . x . .',
  loading: /**/ '. x x . x x x x x x',
  initializing: '. x . x x x x x x x',
  ready: /*  */ '. x . x x x x x x x',
  confirming: /**/ '. x . . x x x x . .',
  succeeded: /**/ '. . . . . . . . . .',
  pending: /**/ '. x . . x x x x x x',
  failed: /* */ '. x . . x x x . . .',
  cancelled: /**/ '. x . . x x x . . .',
  expired: /**/ '. x . . x x x . . .',
};

describe('who may follow whom', () => {
  for (const from of all) {
    it(`after ${from}`, () => {
      const may = all.map((to) => (mayFollow(from, to) ? 'x' : '.')).join(' ');
      expect(may).to.equal(table[from]);
    });
  }

  it('may be retried after failed, cancelled, expired and pending only', () => {
    expect(all.filter(mayRetry)).to.deep.equal(['pending', 'failed', 'cancelled', 'expired']);
  });
});

describe('a result', () => {
  const raw = { token: secret };
  const result = createResult({ provider: 'payroc', reference: 'r-1', singleUseToken: secret, raw });

  it('can be read', () => {
    expect(result.provider).to.equal('payroc');
    expect(result.reference).to.equal('r-1');
    expect(result.singleUseToken).to.equal(secret);
    expect(result.raw).to.equal(raw);
  });

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

describe('an event', () => {
  const result = createResult({ provider: 'payroc', singleUseToken: secret, raw: { secret } });
  const error = new CheckoutError('declined', undefined, 'A sentence.');
  const states: CheckoutState[] = [
    { status: 'loading', attempt: 1 },
    { status: 'ready', attempt: 1, expiresAt: '2026-05-04T12:00:00Z' },
    { status: 'confirming', attempt: 1, result },
    { status: 'pending', attempt: 1, result },
    { status: 'succeeded', attempt: 1, result, confirmed: true },
    { status: 'failed', attempt: 1, error },
  ];
  for (const state of states) {
    it(`pay-${state.status} carries its state, bubbles, crosses shadow roots, and keeps what is secret`, () => {
      const event = new PayStateEvent(state);
      expect(event)
        .to.be.an.instanceof(Event)
        .and.include({ type: `pay-${state.status}`, bubbles: true, composed: true });
      expect(event.cancelable).to.be.false;
      expect(event.state).to.equal(state);
      expect(everythingIn(event) + everythingIn(state)).not.to.include(secret);
    });
  }

  it('pay-timing has its figures on itself', () => {
    const timing = { phase: 'token', duration: 12, attempt: 1, tries: 2 } as const;
    const event = new PayTimingEvent(timing);
    expect(event).to.include({ type: 'pay-timing', bubbles: true, composed: true, ...timing });
    expect(JSON.parse(JSON.stringify(event))).to.include(timing);
  });
});
