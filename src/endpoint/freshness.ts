/** A moment on both clocks: the monotonic one may stop while the machine sleeps, the other one may be set by hand. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

export function now(): Moment {
  return { monotonic: performance.now(), wall: Date.now() };
}

/** Milliseconds since `moment`, by whichever clock saw more of them. */
export function ageOf(moment: Moment): number {
  return Math.max(performance.now() - moment.monotonic, Date.now() - moment.wall);
}

export interface Expiry {
  /** Seconds. */
  readonly expiresIn?: number | string;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/**
 * How long a token lives, in ms from `requestedAt`. Zero or less is dead.
 *
 * @param longest the provider's own lifetime in ms: the default, and the most that is believed
 * @param answeredAt the answer's `Date` header as epoch ms, where it could be read
 */
export function lifetimeOf(expiry: Expiry, longest: number, requestedAt: Moment, answeredAt?: number): number {
  return Math.min(longest, claimedLifetime(expiry, longest, requestedAt, answeredAt));
}

function claimedLifetime({ expiresIn, expiresAt }: Expiry, longest: number, requestedAt: Moment, answeredAt?: number): number {
  if (expiresIn !== undefined) return Number(expiresIn) * 1000;
  if (expiresAt === undefined) return longest;
  if (answeredAt !== undefined) return Date.parse(expiresAt) - answeredAt;
  const left = Date.parse(expiresAt) - requestedAt.wall;
  // Nobody hands out a token that has already expired: it is the shopper's clock that is wrong.
  return left > 0 ? left : longest;
}

export interface Perishable {
  readonly requestedAt: Moment;
  /** Milliseconds. */
  readonly lifetime: number;
}

/** Whether a token has enough of its life left to be given to a provider. */
export function isFresh({ requestedAt, lifetime }: Perishable): boolean {
  return lifetime > 0 && ageOf(requestedAt) < lifetime - marginOf(lifetime);
}

/** When it dies, as ISO 8601 by the local clock. */
export function expiryOf({ requestedAt, lifetime }: Perishable): string {
  return new Date(requestedAt.wall + lifetime).toISOString();
}

/** The last part of a token's life in which it is no longer begun with, in ms. */
export function marginOf(lifetime: number): number {
  return Math.min(Math.max(lifetime / 6, 2_000), 15_000, lifetime / 2);
}
