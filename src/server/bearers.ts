import { unlessAborted } from '../shared/signals.js';
import type { CacheClient } from './cache-client.js';
import { sha256, toHex } from './digests.js';
import { readSeconds } from './lifetime.js';
import { Problem } from './problem.js';
import { createSend, type Fetch, type RequestScope, type Send } from './upstream.js';

/** How a provider issues its bearers. */
export interface BearerGrant {
  /** Provider, environment, client id, audience and scope form the cache key. The last three enter it as a hash only. */
  readonly provider: string;
  readonly environment: string;
  readonly clientId: string;
  /** The API that the bearer is issued for, if a client may have bearers for several. */
  readonly audience?: string;
  /** What the bearer allows, if a client may have bearers for more than the usual calls. */
  readonly scope?: string;
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

/** Credentials that the provider refused. */
interface Refusal {
  readonly problem: Problem;
  /** By `performance.now()`, which never jumps. */
  readonly until: number;
}

/** Milliseconds for which refused credentials are not sent again, so that a wrong key does not cause one call per request. */
const refusalPause = 5_000;
/** Milliseconds after which a pending bearer request is no longer shared: longer than one try takes. */
const maxPendingAge = 6_000;

/** Issues bearers: cached until shortly before they expire, with one request in flight however many callers wait. */
export class Bearers {
  readonly #cache: CacheClient;
  readonly #fetch: Fetch;
  readonly #pending = new Map<string, PendingBearer>();
  /** The last bearer that the provider rejected, by cache key. A cache may return it for a while after it was deleted. */
  readonly #rejected = new Map<string, string>();
  readonly #refusals = new Map<string, Refusal>();
  /** The hash of each account, by its client id, audience and scope. */
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

  async #createKey({ provider, environment, ...grant }: BearerGrant): Promise<string> {
    const account = nameAccount(grant);
    const hash = this.#hashes.get(account) ?? toHex(await sha256(account));
    this.#hashes.set(account, hash);
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
    const cached = await this.#cache.get(scope, key, (text) => isHeaderValue(text) && text !== this.#rejected.get(key));
    if (cached !== undefined) return { bearer: cached, isCached: true };
    const { bearer, expiresIn } = await this.#request(key, grant, scope);
    const ttl = cacheLifetime(expiresIn);
    if (ttl > 0) await this.#cache.set(scope, key, bearer, ttl);
    return { bearer, isCached: false };
  }

  /** Requests a bearer, unless the provider has just refused the credentials. */
  async #request(key: string, grant: BearerGrant, scope: RequestScope): ReturnType<BearerGrant['request']> {
    const refusal = this.#refusals.get(key);
    if (refusal && performance.now() < refusal.until) throw copyProblem(refusal.problem);
    try {
      const granted = await grant.request(createSend(this.#fetch, scope));
      this.#refusals.delete(key);
      return granted;
    } catch (error) {
      if (isRefusal(error)) this.#refusals.set(key, { problem: error, until: performance.now() + refusalPause });
      throw error;
    }
  }

  /** Deletes a rejected bearer, unless another request has already replaced it. */
  async #discard(key: string, bearer: string, scope: RequestScope): Promise<void> {
    this.#rejected.set(key, bearer);
    if ((await this.#cache.get(scope, key)) === bearer) await this.#cache.delete(scope, key);
  }
}

/** Bearers of the usual scope keep the name that earlier versions have stored them under. */
function nameAccount({ clientId, audience, scope }: Pick<BearerGrant, 'clientId' | 'audience' | 'scope'>): string {
  if (scope !== undefined) return JSON.stringify([clientId, audience, scope]);
  return audience === undefined ? clientId : JSON.stringify([clientId, audience]);
}

/** Whether the text fits in a header. Another text in the cache would fail there on every request. */
function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && (error.kind === 'upstream-credentials' || error.kind === 'upstream-scope');
}

/** Creates a problem for another request: the merchant's `onError` may keep or change the error that it receives. */
function copyProblem(problem: Problem): Problem {
  return new Problem(problem.kind, problem.message, problem);
}

/**
 * Milliseconds that a bearer stays in the cache: a minute less than its life, or three quarters of a life under four minutes.
 *
 * @param expiresIn seconds
 */
function cacheLifetime(expiresIn: number): number {
  const seconds = readSeconds(expiresIn, 0);
  return Math.floor((seconds - Math.min(60, seconds / 4)) * 1000);
}
