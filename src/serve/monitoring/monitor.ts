import type { PayEvent } from '../../server/event-reporter.js';
import type { ErrorContext } from '../../server/handler.js';
import type { PaymentOutcome } from '../../server/payment-outcome.js';
import { describeCall, type OutcomeCall } from '../delivery/outcome-call.js';
import { logEvent } from './log-event.js';
import { describeError, type Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { traceEvent } from './tracing.js';

/** Milliseconds. */
const redisLogInterval = 60_000;

/** Everything that the process reports about itself: log, metrics and traces. */
export class Monitor {
  readonly metrics = new Metrics();
  readonly logger: Logger;
  readonly #said = new Set<string>();
  #redisLoggedAt = -Infinity;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  onEvent(event: PayEvent): void {
    logEvent(this.logger, event);
    this.metrics.countEvent(event);
    traceEvent(event);
  }

  onError(error: unknown, context: Partial<ErrorContext> = {}): void {
    this.logger.error({ ...context, ...describeError(error) }, 'A request failed.');
  }

  onOutcome(outcome: PaymentOutcome): void {
    this.metrics.countOutcome(outcome);
    if (outcome.outcome !== 'forged') return;
    const { provider, environment, reason, order } = outcome;
    this.logger.warn(
      { provider, environment, reason, reference: order.reference },
      'A request presented something that is not the payment of this order. Review it by hand.',
    );
  }

  onDelivered(): void {
    this.metrics.countDelivery('delivered');
  }

  onDelayed(error: unknown, call: OutcomeCall, isSentAgain: boolean): void {
    this.metrics.countDelivery('delayed');
    this.logger.error({ ...describeCall(call), isSentAgain, ...describeError(error) }, "The shop's `outcome` call failed.");
  }

  onGivenUp(error: unknown, call: OutcomeCall): void {
    this.metrics.countDelivery('given-up');
    this.logger.fatal(
      { ...describeCall(call), ...describeError(error) },
      "The shop has not received this outcome, and the call is not sent again. Record the payment in the shop's backend by hand.",
    );
  }

  /** Logs one error a minute: a connection that is down fails several times a second. */
  onRedisError(error: unknown): void {
    const now = Date.now();
    if (now - this.#redisLoggedAt < redisLogInterval) return;
    this.#redisLoggedAt = now;
    this.logger.error(describeError(error), 'Redis failed. Payments continue, and outcomes are sent without being kept.');
  }

  /** @param network of the visitor whose requests are refused */
  onLimited(endpoint: string, network: string): void {
    this.metrics.countLimited(endpoint);
    this.logger.warn({ endpoint, network }, 'The rate limit refused a request. If this is your own proxy, see PAY_TRUSTED_PROXIES.');
  }

  /** Logs a warning the first time. */
  warnOnce(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.logger.warn(message);
  }
}
