import { getMonotonicTime } from '../shared/natives.js';

/** A moment on two clocks. The monotonic clock may stop while the machine sleeps, and the wall clock may be set by hand. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

export function now(): Moment {
  return { monotonic: getMonotonicTime(), wall: Date.now() };
}

/** Milliseconds since `moment`: the larger reading of the two clocks. */
export function ageOf(moment: Moment): number {
  return Math.max(getMonotonicTime() - moment.monotonic, Date.now() - moment.wall);
}

export interface Expiry {
  /** Seconds. */
  readonly expiresIn?: number | string;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/**
 * Computes how long a token lives, in ms from `requestedAt`. A token with zero or less is dead.
 *
 * @param longest the provider's own lifetime in ms: the default and the maximum
 * @param answeredAt the response's `Date` header as epoch ms, if the page can read it
 */
export function lifetimeOf(expiry: Expiry, longest: number, requestedAt: Moment, answeredAt?: number): number {
  return Math.min(longest, claimedLifetime(expiry, longest, requestedAt, answeredAt));
}

function claimedLifetime({ expiresIn, expiresAt }: Expiry, longest: number, requestedAt: Moment, answeredAt?: number): number {
  if (expiresIn !== undefined) return Number(expiresIn) * 1000;
  if (expiresAt === undefined) return longest;
  if (answeredAt !== undefined) return Date.parse(expiresAt) - answeredAt;
  const left = Date.parse(expiresAt) - requestedAt.wall;
  // No endpoint issues an expired token on purpose, so the shopper's clock is wrong.
  return left > 0 ? left : longest;
}

export interface Perishable {
  readonly requestedAt: Moment;
  /** Milliseconds. */
  readonly lifetime: number;
}

/** Whether enough of the token's life is left to open a form with it. */
export function isFresh({ requestedAt, lifetime }: Perishable): boolean {
  return lifetime > 0 && ageOf(requestedAt) < lifetime - marginOf(lifetime);
}

/** The time at which the token expires, as ISO 8601 by the local clock. */
export function expiryOf({ requestedAt, lifetime }: Perishable): string {
  return new Date(requestedAt.wall + lifetime).toISOString();
}

/** The last part of a token's life, in ms, in which no form is opened with it. */
export function marginOf(lifetime: number): number {
  return Math.min(Math.max(lifetime / 6, 2_000), 15_000, lifetime / 2);
}
