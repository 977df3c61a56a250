import { expect } from '@open-wc/testing';
import { type SinonFakeTimers } from 'sinon';
import { ageOf, expiryOf, isFresh, lifetimeOf, marginOf, now, type Expiry } from '../../src/endpoint/freshness.js';
import { fakeClock } from '../support/clock.js';

const second = 1_000;
const longest = 600 * second;

describe('the age of a token', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('is what has passed on both clocks', () => {
    const moment = now();
    clock.tick(4_321);
    expect(ageOf(moment)).to.equal(4_321);
  });

  it('counts the time in which the machine slept, which the monotonic clock may not see', () => {
    const moment = now();
    clock.tick(2_000);
    clock.setSystemTime(Date.now() + 58_000);
    expect(ageOf(moment)).to.equal(60_000);
  });

  it('does not become younger when the clock of the computer is set back', () => {
    const moment = now();
    clock.tick(20_000);
    clock.setSystemTime(moment.wall - 3_600_000);
    expect(ageOf(moment)).to.equal(20_000);
  });
});

describe('the lifetime of a token', () => {
  const asked = { monotonic: 0, wall: Date.parse('2026-05-04T12:00:00Z') };
  const here = Date.parse('2026-05-04T12:00:00Z');
  const facts: [string, Expiry, answeredAt: number | undefined, seconds: number][] = [
    ['is `expiresIn`', { expiresIn: 20 }, undefined, 20],
    ['reads `expiresIn` from a numeric string', { expiresIn: '20.5' }, undefined, 20.5],
    ['believes `expiresIn` before `expiresAt`', { expiresIn: 20, expiresAt: '2026-05-04T12:05:00Z' }, here, 20],
    ['is at most that of the provider', { expiresIn: 86_400 }, undefined, 600],
    ['is that of the provider where nothing is said', {}, here, 600],
    ["is `expiresAt` against the answer's own date", { expiresAt: '2026-05-04T15:02:00Z' }, here + 3 * 3_600_000, 120],
    [
      "takes no notice of the shopper's clock where the answer has a date",
      { expiresAt: '2026-05-04T09:02:00Z' },
      here - 3 * 3_600_000,
      120,
    ],
    ['reads an offset', { expiresAt: '2026-05-04T14:02:00+02:00' }, here, 120],
    ["is dead if it is past against the answer's own date", { expiresAt: '2026-05-04T11:59:50Z' }, here, -10],
    ['is dead at the very moment', { expiresAt: '2026-05-04T12:00:00Z' }, here, 0],
    ["is `expiresAt` by the shopper's clock where the answer's date cannot be read", { expiresAt: '2026-05-04T12:02:00Z' }, undefined, 120],
    ["is that of the provider where only the shopper's clock calls it past", { expiresAt: '2026-05-04T11:00:00Z' }, undefined, 600],
    ["is at most that of the provider where the shopper's clock is slow", { expiresAt: '2026-05-05T12:00:00Z' }, undefined, 600],
    ['may be nothing', { expiresIn: 0 }, undefined, 0],
    ['may be negative', { expiresIn: '-5' }, undefined, -5],
  ];
  for (const [fact, expiry, answeredAt, seconds] of facts) {
    it(fact, () => expect(lifetimeOf(expiry, longest, asked, answeredAt)).to.equal(seconds * second));
  }
});

describe('the margin of a lifetime', () => {
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
    it(`of ${lifetime} s is ${margin} s`, () => expect(marginOf(lifetime * second)).to.be.closeTo(margin * second, 1e-6));
  }
});

describe('a token', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('is fresh until its margin begins', () => {
    const token = { requestedAt: now(), lifetime: 30_000 };
    clock.tick(24_999);
    expect(isFresh(token)).to.be.true;
    clock.tick(1);
    expect(isFresh(token)).to.be.false;
  });

  it('tells when it dies, by the local clock', () => {
    const requestedAt = { monotonic: 0, wall: Date.parse('2026-05-04T12:00:00Z') };
    expect(expiryOf({ requestedAt, lifetime: 90_500 })).to.equal('2026-05-04T12:01:30.500Z');
  });

  it('is no longer fresh after a sleep that only the wall clock saw', () => {
    const token = { requestedAt: now(), lifetime: 30_000 };
    clock.setSystemTime(Date.now() + 25_000);
    expect(isFresh(token)).to.be.false;
  });

  for (const lifetime of [0, -10_000, NaN]) {
    it(`is dead from the start with a lifetime of ${lifetime}`, () => {
      expect(isFresh({ requestedAt: now(), lifetime })).to.be.false;
      // A clock that was set back must not revive it.
      clock.setSystemTime(Date.now() - 60_000);
      expect(isFresh({ requestedAt: { monotonic: Infinity, wall: Infinity }, lifetime })).to.be.false;
    });
  }
});
