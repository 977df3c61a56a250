import type { Environment } from '../shared/environment.js';
import { toProblem, type ProblemKind } from './problem.js';

/** What happened while one request was served: names from closed lists and figures, never what a shopper or a provider wrote. */
export interface PayEvent {
  /** The same for all that belongs to one request, and in the `X-Request-Id` of its answer. */
  readonly requestId: string;
  readonly endpoint: 'token' | 'outcome' | 'notification' | 'return';
  /**
   * `order`: your function, `order` or `orderByReference`. `upstream`: one try of one call to the provider. `cache`: a call to your cache that failed or hung.
   * `request`: all of it, told last unless it was cut short.
   */
  readonly phase: 'order' | 'upstream' | 'cache' | 'request';
  /** Absent where the request failed before it was known. */
  readonly provider?: string;
  readonly environment?: Environment;
  /** Milliseconds. */
  readonly duration: number;
  /** The HTTP status: of `request` what we answered, of `upstream` what the provider answered, if it did. */
  readonly status?: number;
  /** Of `upstream`: the call as a developer knows it, `Pay-me POST /nonce`. */
  readonly call?: string;
  /** Of `upstream`: which try of the call it was. */
  readonly attempt?: number;
  /** Why it failed, as in the `type` of the answer. */
  readonly problem?: ProblemKind;
}

export type OnEvent = (event: PayEvent) => void | Promise<void>;

type EventDetails = Pick<PayEvent, 'phase' | 'call' | 'attempt' | 'status' | 'problem'>;

/** Tells the merchant's log what becomes of one request. */
export class EventReporter {
  readonly id: string;
  /** Known as soon as the body has been read. */
  subject: Pick<PayEvent, 'provider' | 'environment'> = {};
  readonly #endpoint: PayEvent['endpoint'];
  readonly #onEvent: OnEvent | undefined;

  constructor({ headers }: Request, endpoint: PayEvent['endpoint'], onEvent?: OnEvent) {
    this.id = readRequestId(headers) ?? crypto.randomUUID();
    this.#endpoint = endpoint;
    this.#onEvent = onEvent;
  }

  /** Measures `work`, and tells how it ended; `seen` is for the status that it was answered with. */
  async measure<T>(told: EventDetails, signal: AbortSignal, work: (seen: (status: number) => void) => Promise<T>): Promise<T> {
    const began = performance.now();
    let more: Partial<EventDetails> = {};
    try {
      return await work((status) => (more = { status }));
    } catch (error) {
      more = { ...more, problem: toProblem(error, signal).kind };
      throw error;
    } finally {
      this.report({ ...told, ...more }, began);
    }
  }

  /** A log that fails must not take the answer with it. */
  report(told: EventDetails, began: number): void {
    const { id: requestId, subject } = this;
    callListener(() => this.#onEvent?.({ requestId, endpoint: this.#endpoint, ...subject, ...told, duration: performance.now() - began }));
  }
}

/** Calls a function of the merchant's that has nothing to say in the answer, not even by failing. */
export function callListener(work: () => unknown): void {
  try {
    Promise.resolve(work()).catch(() => {});
  } catch {
    // There is nobody left to tell.
  }
}

/** What the merchant's balancer or tracing calls the request, if it can stand in any log. */
function readRequestId(headers: Headers): string | undefined {
  const given = headers.get('X-Request-Id') ?? '';
  if (/^[\w.:-]{1,64}$/.test(given)) return given;
  return /^[\da-f]{2}-([\da-f]{32})-/.exec(headers.get('traceparent') ?? '')?.[1];
}
