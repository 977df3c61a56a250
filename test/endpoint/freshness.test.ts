import { expect } from '@open-wc/testing';
import { type SinonFakeTimers } from 'sinon';
import { ageOf, expiryOf, isFresh, lifetimeOf, marginOf, now, type Expiry } from '../../src/endpoint/freshness.js';
import { fakeClock } from '../support/clock.js';

const second = 1_000;
const longest = 600 * second;

describe('ageOf', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('measures the time that passed on both clocks', () => {
    const moment = now();
    clock.tick(4_321);
    expect(ageOf(moment)).to.equal(4_321);
  });

  it('counts the time in which the machine slept, which the monotonic clock may omit', () => {
    const moment = now();
    clock.tick(2_000);
    clock.setSystemTime(Date.now() + 58_000);
    expect(ageOf(moment)).to.equal(60_000);
  });

  it('does not decrease when the wall clock is set back', () => {
    const moment = now();
    clock.tick(20_000);
    clock.setSystemTime(moment.wall - 3_600_000);
    expect(ageOf(moment)).to.equal(20_000);
  });
});

describe('lifetimeOf', () => {
  const requestedAt = { monotonic: 0, wall: Date.parse('2026-05-04T12:00:00Z') };
  const answered = Date.parse('2026-05-04T12:00:00Z');
  const cases: [string, Expiry, answeredAt: number | undefined, seconds: number][] = [
    ['returns `expiresIn`', { expiresIn: 20 }, undefined, 20],
    ['reads `expiresIn` from a numeric string', { expiresIn: '20.5' }, undefined, 20.5],
    ['prefers `expiresIn` to `expiresAt`', { expiresIn: 20, expiresAt: '2026-05-04T12:05:00Z' }, answered, 20],
    ["returns at most the provider's lifetime", { expiresIn: 86_400 }, undefined, 600],
    ["returns the provider's lifetime if the response has none", {}, answered, 600],
    ["measures `expiresAt` from the response's date", { expiresAt: '2026-05-04T15:02:00Z' }, answered + 3 * 3_600_000, 120],
    ["ignores the shopper's clock if the response has a date", { expiresAt: '2026-05-04T09:02:00Z' }, answered - 3 * 3_600_000, 120],
    ['reads an offset', { expiresAt: '2026-05-04T14:02:00+02:00' }, answered, 120],
    ["is negative if `expiresAt` is before the response's date", { expiresAt: '2026-05-04T11:59:50Z' }, answered, -10],
    ["is zero if `expiresAt` equals the response's date", { expiresAt: '2026-05-04T12:00:00Z' }, answered, 0],
    [
      "measures `expiresAt` from the request by the shopper's clock if the page cannot read the response's date",
      { expiresAt: '2026-05-04T12:02:00Z' },
      undefined,
      120,
    ],
    [
      "returns the provider's lifetime if `expiresAt` is past by the shopper's clock alone",
      { expiresAt: '2026-05-04T11:00:00Z' },
      undefined,
      600,
    ],
    ["returns at most the provider's lifetime if the shopper's clock is slow", { expiresAt: '2026-05-05T12:00:00Z' }, undefined, 600],
    ['returns zero', { expiresIn: 0 }, undefined, 0],
    ['returns a negative number', { expiresIn: '-5' }, undefined, -5],
  ];
  for (const [title, expiry, answeredAt, seconds] of cases) {
    it(title, () => expect(lifetimeOf(expiry, longest, requestedAt, answeredAt)).to.equal(seconds * second));
  }
});

describe('marginOf', () => {
  const margins: [lifetime: number, margin: number][] = [
    [0.5, 0.25],
    [2, 1],
    [4, 2],
    [6, 2],
    [12, 2],
    [12.6, 2.1],
    [30, 5],
    [60, 10],
    [90, 15],
    [600, 15],
    [900, 15],
  ];
  for (const [lifetime, margin] of margins) {
    it(`returns ${margin} s for a lifetime of ${lifetime} s`, () =>
      expect(marginOf(lifetime * second)).to.be.closeTo(margin * second, 1e-6));
  }
});

describe('isFresh', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('is true until the margin of the lifetime begins', () => {
    const token = { requestedAt: now(), lifetime: 30_000 };
    clock.tick(24_999);
    expect(isFresh(token)).to.be.true;
    clock.tick(1);
    expect(isFresh(token)).to.be.false;
  });

  it('is false after a sleep that only the wall clock counted', () => {
    const token = { requestedAt: now(), lifetime: 30_000 };
    clock.setSystemTime(Date.now() + 25_000);
    expect(isFresh(token)).to.be.false;
  });

  for (const lifetime of [0, -10_000, NaN]) {
    it(`is false from the start with a lifetime of ${lifetime}`, () => {
      expect(isFresh({ requestedAt: now(), lifetime })).to.be.false;
      // A clock that is set back must not make the token fresh.
      clock.setSystemTime(Date.now() - 60_000);
      expect(isFresh({ requestedAt: { monotonic: Infinity, wall: Infinity }, lifetime })).to.be.false;
    });
  }
});

describe('expiryOf', () => {
  it('returns the time of expiry by the local clock', () => {
    const requestedAt = { monotonic: 0, wall: Date.parse('2026-05-04T12:00:00Z') };
    expect(expiryOf({ requestedAt, lifetime: 90_500 })).to.equal('2026-05-04T12:01:30.500Z');
  });
});
