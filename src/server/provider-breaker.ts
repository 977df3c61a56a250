import { unlessAborted } from '../shared/signals.js';
import type { BreakerState } from './event-reporter.js';
import { Problem, type ProblemKind } from './problem.js';
import { tryTimeout, type RequestScope } from './upstream.js';

/** Outages in a row after which a provider counts as down. */
const maxOutages = 3;
/** Milliseconds for which a provider that is down is not tested. Then one request tests it. */
const pause = 30_000;
/** Milliseconds after which a test is given up: more than a request takes. Cloudflare Workers may drop a request silently. */
const maxTestAge = 15_000;

/** What the result of a request says about the provider. `answered`: it works, but refused. `unknown`: nothing. */
type Verdict = 'succeeded' | 'answered' | 'outage' | 'unknown';

interface BreakerOptions {
  readonly scope: RequestScope;
  /** Whether the page has another provider to open. */
  readonly hasFallback: boolean;
}

/** A request whose result counts. */
interface CountedCall {
  readonly isTest: boolean;
}

/**
 * Knows whether a provider is down, from the token requests of this process. No request waits for another, because Cloudflare Workers may
 * drop a request silently.
 */
export class ProviderBreaker {
  readonly #name: string;
  #state: BreakerState = 'closed';
  #outages = 0;
  /** When the next request may test the provider, by `performance.now()`, which never jumps. */
  #nextTest = 0;
  #test: CountedCall | undefined;

  /** @param name of the provider, for messages */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Runs `work`, which requests a token from the provider, and counts its result unless the provider is down. While it is down, a page with
   * a fallback gets an error at once, and any other page gets the provider's answer.
   *
   * @throws {Problem} `provider-down`, or the error of `work`
   */
  async run<T>(work: () => Promise<T>, { scope, hasFallback }: BreakerOptions): Promise<T> {
    const call = this.#start(scope);
    if (call) return this.#count(call, work, scope);
    if (!hasFallback) return work();
    const detail = `\`${this.#name}\` failed ${maxOutages} times in a row, so this endpoint sent it no request. The page can open its next provider.`;
    throw new Problem('provider-down', detail);
  }

  /** Returns `undefined` while the provider is down, except for the request that tests it. */
  #start(scope: RequestScope): CountedCall | undefined {
    if (this.#state === 'closed') return { isTest: false };
    const now = performance.now();
    if (now < this.#nextTest) return undefined;
    this.#test = { isTest: true };
    this.#nextTest = now + maxTestAge;
    this.#change('half-open', scope);
    return this.#test;
  }

  async #count<T>(call: CountedCall, work: () => Promise<T>, scope: RequestScope): Promise<T> {
    const startedAt = performance.now();
    try {
      const result = await unlessAborted(scope.signal, work());
      this.#end(call, 'succeeded', scope);
      return result;
    } catch (error) {
      this.#end(call, judge(error, performance.now() - startedAt, scope.signal), scope);
      throw error;
    }
  }

  #end(call: CountedCall, verdict: Verdict, scope: RequestScope): void {
    // The result of a request from before the outage, or of a test that was given up, is too old.
    if (call.isTest ? call !== this.#test : this.#state !== 'closed') return;
    if (verdict === 'succeeded') this.#outages = 0;
    if (verdict === 'outage') this.#outages++;
    if (call.isTest) this.#endTest(verdict, scope);
    else if (this.#outages >= maxOutages) this.#open(pause, scope);
  }

  #endTest(verdict: Verdict, scope: RequestScope): void {
    this.#test = undefined;
    if (verdict === 'outage') this.#open(pause, scope);
    else if (verdict === 'unknown') this.#open(0, scope);
    else this.#close(scope);
  }

  #close(scope: RequestScope): void {
    this.#outages = 0;
    this.#change('closed', scope);
  }

  #open(wait: number, scope: RequestScope): void {
    this.#nextTest = performance.now() + wait;
    this.#change('open', scope);
  }

  /** Reports a changed state to the merchant, as an event of the request that changed it. */
  #change(state: BreakerState, { reporter }: RequestScope): void {
    if (state === this.#state) return;
    this.#state = state;
    reporter.report({ phase: 'breaker', state }, performance.now());
  }
}

const outages: readonly ProblemKind[] = ['upstream-failed', 'upstream-busy'];

/** @param duration milliseconds that the provider had */
function judge(error: unknown, duration: number, { aborted }: AbortSignal): Verdict {
  const kind = error instanceof Problem ? error.kind : undefined;
  // A slow `order` of the merchant's, or a client that disconnects, may leave the provider too little time to respond.
  if (aborted || kind === 'timeout') return duration >= tryTimeout ? 'outage' : 'unknown';
  if (kind && outages.includes(kind)) return 'outage';
  // The merchant's own errors say nothing about the provider.
  return kind?.startsWith('upstream-') ? 'answered' : 'unknown';
}
