import { unlessAborted } from '../signals.js';
import { hex, sha256 } from './digests.js';
import { Problem } from './problem.js';
import { createSend, type Fetch, type Send } from './upstream.js';

/**
 * Where bearers are kept between requests, in the shape of a `Keyv`, so that many machines can share them. A cache that
 * fails is treated as an empty one.
 */
export interface BearerCache {
  /** The value, or a promise of it; anything but a string means that there is none. */
  get(key: string): unknown;
  set(key: string, value: string, ttlMs: number): unknown;
  delete(key: string): unknown;
}

/** How a provider gives out its bearers. */
export interface BearerGrant {
  /** What the bearer is good for: provider, environment and whose it is. Only its hash is kept. */
  readonly provider: string;
  readonly environment: string;
  readonly clientId: string;
  request(send: Send): Promise<{ readonly bearer: string; /** Seconds. */ readonly expiresIn: number }>;
}

interface Held {
  readonly bearer: string;
  readonly cached: boolean;
}

interface Flight {
  readonly held: Promise<Held>;
  readonly controller: AbortController;
  waiting: number;
}

/** Hands out bearers: cached until shortly before they expire, and one request under way however many ask. */
export class Bearers {
  readonly #cache: BearerCache;
  readonly #fetch: Fetch;
  readonly #flights = new Map<string, Flight>();

  constructor(cache: BearerCache, fetch: Fetch) {
    this.#cache = cache;
    this.#fetch = fetch;
  }

  /** Runs `work` with a bearer. If the provider no longer accepts a cached one, it is dropped, and `work` runs once more with a new one. */
  async use<T>(grant: BearerGrant, signal: AbortSignal, work: (bearer: string) => Promise<T>): Promise<T> {
    const key = await keyOf(grant);
    const { bearer, cached } = await this.#hold(key, grant, signal);
    try {
      return await work(bearer);
    } catch (error) {
      if (!(error instanceof Problem && error.kind === 'upstream-credentials')) throw error;
      await this.#drop(key, bearer);
      if (!cached) throw error;
      return await work((await this.#hold(key, grant, signal)).bearer);
    }
  }

  /** The flight belongs to all who wait for it: one who leaves does not end it for the others, the last one does. */
  async #hold(key: string, grant: BearerGrant, signal: AbortSignal): Promise<Held> {
    const flight = this.#flights.get(key) ?? this.#depart(key, grant);
    flight.waiting += 1;
    try {
      return await unlessAborted(signal, flight.held);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) this.#land(key, flight);
    }
  }

  #depart(key: string, grant: BearerGrant): Flight {
    const controller = new AbortController();
    const flight = { held: this.#find(key, grant, createSend(this.#fetch, controller.signal)), controller, waiting: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #land(key: string, flight: Flight): void {
    this.#flights.delete(key);
    flight.controller.abort();
  }

  async #find(key: string, grant: BearerGrant, send: Send): Promise<Held> {
    const known = await quietly(() => this.#cache.get(key));
    if (typeof known === 'string' && known) return { bearer: known, cached: true };
    const { bearer, expiresIn } = await grant.request(send);
    const ttl = timeToLive(expiresIn);
    if (ttl > 0) await quietly(() => this.#cache.set(key, bearer, ttl));
    return { bearer, cached: false };
  }

  /** Somebody else may have replaced it already: only the very bearer that was refused is dropped. */
  async #drop(key: string, bearer: string): Promise<void> {
    await quietly(async () => {
      if ((await this.#cache.get(key)) === bearer) await this.#cache.delete(key);
    });
  }
}

/** Milliseconds that a bearer is kept: a minute less than it lives, or three quarters of a life that is shorter than four. */
function timeToLive(expiresIn: number): number {
  return Math.floor((expiresIn - Math.min(60, expiresIn / 4)) * 1000);
}

async function keyOf({ provider, environment, clientId }: BearerGrant): Promise<string> {
  return `pay-checkout:bearer:${provider}:${environment}:${hex(await sha256(clientId))}`;
}

/** A cache that is down must not take the checkout with it. */
async function quietly(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

/** The cache of one process. */
export class MemoryCache implements BearerCache {
  readonly #entries = new Map<string, { readonly value: string; readonly until: number }>();

  get(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > Date.now() ? entry.value : undefined;
  }

  set(key: string, value: string, ttlMs: number): void {
    this.#entries.set(key, { value, until: Date.now() + ttlMs });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
