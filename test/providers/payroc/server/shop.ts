import { vi } from 'vitest';
import {
  createPayEndpoints,
  payroc,
  type Order,
  type BearerCache,
  type PaymentOutcome,
  type PayrocOptions,
} from '../../../../src/server.js';
import {
  createOutcomeBody,
  createRequest,
  options,
  readPayrocResponse,
  skipDelays,
  tokenBody,
  type ParsedResponse,
} from './fake-payroc.js';
import { PayrocUpstream } from './payroc-upstream.js';

/** The time at which the tests start. */
export const start = Date.parse('2026-03-02T10:00:00Z');
export const minute = 60_000;
export const day = 24 * 60 * minute;

/** A merchant's process with one order, and a Payroc that remembers its sales. Only the test advances the clock. */
export class Shop {
  readonly upstream: PayrocUpstream;
  /** What `onOutcome` received. */
  readonly reports: PaymentOutcome[] = [];
  readonly problems: unknown[] = [];
  order: Order = { reference: 'A-1001', amount: 4999, currency: 'USD' };
  cache = new Map<string, string>();
  /** Called for each entry that is written to the cache, with its lifetime in ms. */
  onStore?: (key: string, ttl: number) => void;
  /** Whether the process has a cache that others share. */
  hasCache = true;
  readonly #options: Partial<PayrocOptions>;
  #endpoints: ReturnType<typeof createPayEndpoints>;

  constructor(changed: Partial<PayrocOptions> = {}, upstream = new PayrocUpstream()) {
    this.#options = changed;
    this.upstream = upstream;
    this.#endpoints = this.#start();
  }

  /** Starts another process in place of this one, with or without what the cache holds. */
  restart({ keepsCache }: { keepsCache: boolean }): void {
    if (!keepsCache) this.cache = new Map();
    this.#endpoints = this.#start();
  }

  #start() {
    const { cache } = this;
    const shared: BearerCache = {
      get: (key) => cache.get(key),
      set: (key, value, ttl) => {
        this.onStore?.(key, ttl);
        return cache.set(key, value);
      },
      delete: (key) => cache.delete(key),
    };
    return createPayEndpoints({
      environment: 'sandbox',
      providers: { payroc: payroc({ ...options, ...this.#options }) },
      order: () => this.order,
      fetch: this.upstream.fetch,
      ...(this.hasCache && { cache: shared }),
      onOutcome: (report) => void this.reports.push(report),
      onError: (problem) => void this.problems.push(problem),
    });
  }

  openForm(): Promise<ParsedResponse> {
    return readPayrocResponse(this.#endpoints.token(createRequest(tokenBody)));
  }

  /** Reports a single-use token, as the page does once. */
  pay(token: string): Promise<ParsedResponse> {
    return readPayrocResponse(this.#endpoints.outcome(createRequest(createOutcomeBody(token))));
  }

  /** What the merchant received last: the outcome, its reason, and Payroc's id. */
  get lastReport(): readonly [outcome?: string, reason?: string, id?: string] {
    const { outcome, reason, payment } = this.reports.at(-1) ?? {};
    return [outcome, reason, payment?.id];
  }

  /** The requests since the last call, without the bearer. */
  takeRequests(): string[] {
    return this.upstream.requests.splice(0).filter((request) => request !== 'POST /authorize');
  }
}

/** Stops the clock at `start`, and skips the delays between retries. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  skipDelays();
}

export function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}
