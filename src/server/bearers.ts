import { unlessAborted } from '../shared/signals.js';
import type { CacheClient } from './cache-client.js';
import { sha256, toHex } from './digests.js';
import { Problem } from './problem.js';
import { createSend, type Fetch, type RequestScope, type Send } from './upstream.js';

/** How a provider issues its bearers. */
export interface BearerGrant {
  /** Provider, environment and client id form the cache key. The client id enters it as a hash only. */
  readonly provider: string;
  readonly environment: string;
  readonly clientId: string;
  /** The API that the bearer is issued for, if a client may have bearers for several. */
  readonly audience?: string;
  request(send: Send): Promise<{ readonly bearer: string; /** Seconds. */ readonly expiresIn: number }>;
}

interface ObtainedBearer {
  readonly bearer: string;
  readonly isCached: boolean;
}

interface PendingBearer {
  /** Resolves with `undefined` if the request that started it ended first. */
  readonly obtained: Promise<ObtainedBearer | undefined>;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Milliseconds after which a pending bearer request is no longer shared: longer than one try takes. */
const maxPendingAge = 6_000;

/** Issues bearers: cached until shortly before they expire, with one request in flight however many callers wait. */
export class Bearers {
  readonly #cache: CacheClient;
  readonly #fetch: Fetch;
  readonly #pending = new Map<string, PendingBearer>();
  /** The hash of each client id, by client id. */
  readonly #hashes = new Map<string, string>();

  constructor(cache: CacheClient, fetch: Fetch) {
    this.#cache = cache;
    this.#fetch = fetch;
  }

  /** Runs `work` with a bearer. If the provider rejects a cached bearer, runs `work` once more with a new one. */
  async use<T>(grant: BearerGrant, scope: RequestScope, work: (bearer: string) => Promise<T>): Promise<T> {
    const key = await this.#createKey(grant);
    const { bearer, isCached } = await this.#obtain(key, grant, scope);
    try {
      return await work(bearer);
    } catch (error) {
      if (!(error instanceof Problem && error.kind === 'upstream-credentials')) throw error;
      await this.#discard(key, bearer, scope);
      if (!isCached || !scope.retries.take()) throw error;
      return await work((await this.#obtain(key, grant, scope)).bearer);
    }
  }

  async #createKey({ provider, environment, clientId }: BearerGrant): Promise<string> {
    const hash = this.#hashes.get(clientId) ?? toHex(await sha256(clientId));
    this.#hashes.set(clientId, hash);
    return `pay-checkout:bearer:${provider}:${environment}:${hash}`;
  }

  /** Joins a pending bearer request. If that one ends with the request that started it, the first waiting caller starts another. */
  async #obtain(key: string, grant: BearerGrant, scope: RequestScope): Promise<ObtainedBearer> {
    const pending = this.#findPending(key);
    if (!pending) return this.#start(key, grant, scope);
    return (await unlessAborted(scope.signal, pending.obtained)) ?? this.#obtain(key, grant, scope);
  }

  /** Ignores a pending request that takes too long: Cloudflare Workers may drop it silently with the request that started it. */
  #findPending(key: string): PendingBearer | undefined {
    const pending = this.#pending.get(key);
    return pending && Date.now() - pending.startedAt < maxPendingAge ? pending : undefined;
  }

  #start(key: string, grant: BearerGrant, scope: RequestScope): Promise<ObtainedBearer> {
    const started = this.#readOrRequest(key, grant, scope).finally(() => {
      if (this.#pending.get(key) === pending) this.#pending.delete(key);
    });
    const obtained = started.catch((error: unknown) => {
      if (!scope.signal.aborted) throw error;
      return undefined;
    });
    // Without another caller, a rejection would be unhandled.
    obtained.catch(() => {});
    const pending = { obtained, startedAt: Date.now() };
    this.#pending.set(key, pending);
    return started;
  }

  async #readOrRequest(key: string, grant: BearerGrant, scope: RequestScope): Promise<ObtainedBearer> {
    const cached = await this.#cache.call(scope, (cache) => cache.get(key));
    if (isBearer(cached)) return { bearer: cached, isCached: true };
    const { bearer, expiresIn } = await grant.request(createSend(this.#fetch, scope));
    const ttl = cacheLifetime(expiresIn);
    if (ttl > 0) await this.#cache.call(scope, (cache) => cache.set(key, bearer, ttl));
    return { bearer, isCached: false };
  }

  /** Deletes a rejected bearer, unless another request has already replaced it. */
  async #discard(key: string, bearer: string, scope: RequestScope): Promise<void> {
    await this.#cache.call(scope, async (cache) => {
      if ((await cache.get(key)) === bearer) await cache.delete(key);
    });
  }
}

/** Whether the value fits in a header. Another value in the cache would fail there on every request. */
function isBearer(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

/**
 * Milliseconds that a bearer stays in the cache: a minute less than its life, or three quarters of a life under four minutes.
 *
 * @param expiresIn seconds
 */
function cacheLifetime(expiresIn: number): number {
  return Math.floor((expiresIn - Math.min(60, expiresIn / 4)) * 1000);
}
