import { unlessAborted, runWithTimeout } from '../shared/signals.js';
import { hex, sha256 } from './digests.js';
import { Problem, problemOf } from './problem.js';
import { createSend, type Fetch, type Scope, type Send } from './upstream.js';

/**
 * Where bearers are kept between requests, in the shape of a `Keyv`, so that many machines can share them. A cache that
 * fails, or takes more than a second, is treated as an empty one.
 */
export interface BearerCache {
  /** The value, or a promise of it; anything but a string that can stand in a header means that there is none. */
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
  /** Nothing where the request that began it has ended before. */
  readonly held: Promise<Held | undefined>;
  /** Epoch ms. */
  readonly departed: number;
}

/** Milliseconds for one question to the cache: one that hangs must leave the request its time. */
const cachePatience = 1_000;
/** Milliseconds after which a bearer that is still on its way is asked for anew: more than one try takes. */
const longestFlight = 6_000;

/** Hands out bearers: cached until shortly before they expire, and one request under way however many ask. */
export class Bearers {
  readonly #cache: BearerCache;
  readonly #fetch: Fetch;
  readonly #flights = new Map<string, Flight>();
  /** The hash of each client id, by the id. */
  readonly #hashes = new Map<string, string>();

  constructor(cache: BearerCache, fetch: Fetch) {
    this.#cache = cache;
    this.#fetch = fetch;
  }

  /** Runs `work` with a bearer. If the provider no longer accepts a cached one, it is dropped, and `work` runs once more with a new one. */
  async use<T>(grant: BearerGrant, scope: Scope, work: (bearer: string) => Promise<T>): Promise<T> {
    const key = await this.#keyOf(grant);
    const { bearer, cached } = await this.#hold(key, grant, scope);
    try {
      return await work(bearer);
    } catch (error) {
      if (!(error instanceof Problem && error.kind === 'upstream-credentials')) throw error;
      await this.#drop(key, bearer, scope);
      if (!cached || !scope.repeats.take()) throw error;
      return await work((await this.#hold(key, grant, scope)).bearer);
    }
  }

  async #keyOf({ provider, environment, clientId }: BearerGrant): Promise<string> {
    const hash = this.#hashes.get(clientId) ?? hex(await sha256(clientId));
    this.#hashes.set(clientId, hash);
    return `pay-checkout:bearer:${provider}:${environment}:${hash}`;
  }

  /** A flight ends with the request that began it, as on Workers its call would in any case: whoever waited for it begins the next. */
  async #hold(key: string, grant: BearerGrant, scope: Scope): Promise<Held> {
    const flight = this.#underWay(key);
    if (!flight) return this.#depart(key, grant, scope);
    return (await unlessAborted(scope.signal, flight.held)) ?? this.#hold(key, grant, scope);
  }

  /** On Workers a call may be lost without a word, with the request that began it: nobody joins one that takes too long. */
  #underWay(key: string): Flight | undefined {
    const flight = this.#flights.get(key);
    return flight && Date.now() - flight.departed < longestFlight ? flight : undefined;
  }

  #depart(key: string, grant: BearerGrant, scope: Scope): Promise<Held> {
    const found = this.#find(key, grant, scope).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    const held = found.catch((error: unknown) => {
      if (!scope.signal.aborted) throw error;
      return undefined;
    });
    // Nobody else may wait for it.
    held.catch(() => {});
    const flight = { held, departed: Date.now() };
    this.#flights.set(key, flight);
    return found;
  }

  async #find(key: string, grant: BearerGrant, scope: Scope): Promise<Held> {
    const known = await this.#ask(scope, (cache) => cache.get(key));
    if (isBearer(known)) return { bearer: known, cached: true };
    const { bearer, expiresIn } = await grant.request(createSend(this.#fetch, scope));
    const ttl = timeToLive(expiresIn);
    if (ttl > 0) await this.#ask(scope, (cache) => cache.set(key, bearer, ttl));
    return { bearer, cached: false };
  }

  /** Somebody else may have replaced it already: only the very bearer that was refused is dropped. */
  async #drop(key: string, bearer: string, scope: Scope): Promise<void> {
    await this.#ask(scope, async (cache) => {
      if ((await cache.get(key)) === bearer) await cache.delete(key);
    });
  }

  /** A cache that is down must not take the checkout with it. */
  async #ask({ signal, trace }: Scope, work: (cache: BearerCache) => unknown): Promise<unknown> {
    const began = performance.now();
    const late = () => new Problem('timeout', 'The cache took too long to answer.');
    try {
      const answer = work(this.#cache);
      if (!isThenable(answer)) return answer;
      const promise = Promise.resolve(answer);
      // Nobody may be left to hear that it failed.
      promise.catch(() => {});
      return await runWithTimeout(cachePatience, signal, late, () => promise);
    } catch (error) {
      trace.tell({ phase: 'cache', problem: problemOf(error, signal).kind }, began);
      return undefined;
    }
  }
}

/** What a header can hold: what others wrote into the cache would fail there, each time anew. */
function isBearer(known: unknown): known is string {
  return typeof known === 'string' && /^[\x21-\x7e]+$/.test(known);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}

/** Milliseconds that a bearer is kept: a minute less than it lives, or three quarters of a life that is shorter than four. */
function timeToLive(expiresIn: number): number {
  return Math.floor((expiresIn - Math.min(60, expiresIn / 4)) * 1000);
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
