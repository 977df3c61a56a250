import type { Environment } from '../shared/environment.js';
import type { BuyerField } from './buyer.js';
import type { InputChange } from './buyer-text.js';
import type { RefusalReason } from './operations/operation-errors.js';
import type { OperationName } from './operations/provider-operations.js';
import { toProblem, type ProblemKind } from './problem.js';

/**
 * Whether a provider is down, as this process knows it. `open`: it is down. `half-open`: it was down, and one request tests it. `closed`: it
 * works.
 */
export type BreakerState = 'open' | 'half-open' | 'closed';

/** One step of serving a request. It holds names from closed lists and numbers, never text from a shopper or a provider. */
export interface PayEvent {
  /** The same for all events of one request, and in the `X-Request-Id` header of its response. */
  readonly requestId: string;
  /** The endpoint, or the operation of `pay`. */
  readonly endpoint: 'token' | 'outcome' | 'notification' | 'return' | OperationName | 'settle';
  /**
   * `order`: the merchant's function, `order` or `orderByReference`. `upstream`: one try of one call to the provider. `cache`: a
   * call to the merchant's cache that failed or hung. `input`: a field of the buyer that the provider receives in another form, or not
   * at all. `breaker`: this request changed whether the provider counts as down. `request`: the whole request, reported last unless it
   * was aborted.
   */
  readonly phase: 'order' | 'upstream' | 'cache' | 'input' | 'breaker' | 'request';
  /** Absent if the request failed before it was known. */
  readonly provider?: string;
  readonly environment?: Environment;
  /** Milliseconds. */
  readonly duration: number;
  /** The HTTP status. For `request`, that of our response. For `upstream`, that of the provider's response, if there was one. */
  readonly status?: number;
  /** For `upstream`: the call's name, such as `Pay-me POST /nonce`. */
  readonly call?: string;
  /** For `upstream`: the number of this try, from 1. */
  readonly attempt?: number;
  /** For `input`: the field of the order, such as `buyer.phone.number`. Never its value. */
  readonly field?: BuyerField;
  /** For `input`: how the field was changed. */
  readonly change?: InputChange;
  /** For `breaker`: the new state. */
  readonly state?: BreakerState;
  /** Why it failed, as in the `type` of the response. */
  readonly problem?: ProblemKind;
  /** For `request` of an operation: why it was refused, or that the provider does not support it. */
  readonly refusal?: RefusalReason | 'not-supported';
}

export type OnEvent = (event: PayEvent) => void | Promise<void>;

type EventDetails = Pick<PayEvent, 'phase' | 'call' | 'attempt' | 'status' | 'field' | 'change' | 'state' | 'problem' | 'refusal'>;

/** Reports the events of one request to the merchant's `onEvent`. */
export class EventReporter {
  readonly requestId: string;
  /** Set once the body has been read. */
  subject: Pick<PayEvent, 'provider' | 'environment'> = {};
  /** The merchant's reference of the order that the request is about. For `onError`: events do not contain it. */
  reference?: string;
  readonly endpoint: PayEvent['endpoint'];
  readonly #onEvent: OnEvent | undefined;

  constructor({ headers }: Pick<Request, 'headers'>, endpoint: PayEvent['endpoint'], onEvent?: OnEvent) {
    this.requestId = readRequestId(headers) ?? crypto.randomUUID();
    this.endpoint = endpoint;
    this.#onEvent = onEvent;
  }

  /** Runs `work`, and reports its duration and result. `work` passes the status of a response to `onStatus`. */
  async measure<T>(details: EventDetails, signal: AbortSignal, work: (onStatus: (status: number) => void) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    let result: Partial<EventDetails> = {};
    try {
      return await work((status) => (result = { status }));
    } catch (error) {
      result = { ...result, problem: toProblem(error, signal).kind };
      throw error;
    } finally {
      this.report({ ...details, ...result }, startedAt);
    }
  }

  /** Reports one event. A failing `onEvent` does not affect the response. */
  report(details: EventDetails, startedAt: number): void {
    const onEvent = this.#onEvent;
    if (!onEvent) return;
    const { requestId, subject } = this;
    callListener(() => onEvent({ requestId, endpoint: this.endpoint, ...subject, ...details, duration: performance.now() - startedAt }));
  }
}

/** Calls a listener of the merchant's. Ignores its errors, and does not await it. */
export function callListener(listener: () => unknown): void {
  try {
    Promise.resolve(listener()).catch(() => {});
  } catch {
    // There is no other listener to report it to.
  }
}

/** Reads the id that the merchant's load balancer or tracing gave the request, if it is safe to log. */
function readRequestId(headers: Headers): string | undefined {
  const id = headers.get('X-Request-Id') ?? '';
  if (/^[\w.:-]{1,64}$/.test(id)) return id;
  return /^[\da-f]{2}-([\da-f]{32})-/.exec(headers.get('traceparent') ?? '')?.[1];
}
