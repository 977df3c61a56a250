import type { PayEvent } from '../../server/event-reporter.js';
import type { ErrorContext } from '../../server/handler.js';
import type { PaymentOutcome } from '../../server/payment-outcome.js';
import { logEvent } from './log-event.js';
import { describeError, type Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { traceEvent } from './tracing.js';

/** Everything that the process reports about itself: log, metrics and traces. */
export class Monitor {
  readonly metrics = new Metrics();
  readonly logger: Logger;
  readonly #said = new Set<string>();

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
    this.logger.warn({ provider, environment, reason, reference: order.reference }, 'What was presented as a payment is none.');
  }

  onDelivered(): void {
    this.metrics.countDelivery('delivered');
  }

  onDelayed(error: unknown): void {
    this.metrics.countDelivery('delayed');
    this.logger.error(describeError(error), "The shop's `outcome` call failed. It is sent again.");
  }

  onGivenUp(error: unknown): void {
    this.metrics.countDelivery('given-up');
    this.logger.fatal(
      describeError(error),
      "The shop's `outcome` call failed for a day. It is not sent again: settle the payment by hand.",
    );
  }

  onRedisError(error: unknown): void {
    this.logger.error(describeError(error), 'Redis failed.');
  }

  onLimited(endpoint: string): void {
    this.metrics.countLimited(endpoint);
  }

  /** Logs a warning the first time. */
  warnOnce(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.logger.warn(message);
  }
}
