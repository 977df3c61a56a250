import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { PayEvent } from '../../server/event-reporter.js';
import type { PaymentOutcome } from '../../server/payment-outcome.js';

/** Seconds, from a token with a cached bearer to the deadline of a request. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 12];

/** What became of an outcome call: the shop received it, it is kept and sent again, or it was given up after a day. */
export type Delivery = 'delivered' | 'delayed' | 'given-up';

/** The metrics of the process, in a registry of its own. */
export class Metrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];

  readonly #requests = new Histogram({
    name: 'pay_checkout_request_duration_seconds',
    help: 'Requests by endpoint or operation, provider, environment, HTTP status and problem.',
    labelNames: ['endpoint', 'provider', 'environment', 'status', 'problem'],
    buckets,
    registers: this.#registers,
  });

  readonly #upstream = new Histogram({
    name: 'pay_checkout_upstream_duration_seconds',
    help: 'Tries of calls to providers by call, HTTP status and problem.',
    labelNames: ['provider', 'call', 'status', 'problem'],
    buckets,
    registers: this.#registers,
  });

  readonly #orders = new Histogram({
    name: 'pay_checkout_order_duration_seconds',
    help: "The shop's `order` calls by endpoint and problem.",
    labelNames: ['endpoint', 'problem'],
    buckets,
    registers: this.#registers,
  });

  readonly #inputs = new Counter({
    name: 'pay_checkout_input_changes_total',
    help: 'Fields of buyers that the provider received in another form, or not at all.',
    labelNames: ['provider', 'field', 'change'],
    registers: this.#registers,
  });

  readonly #cacheFailures = new Counter({
    name: 'pay_checkout_cache_failures_total',
    help: 'Calls to the shared cache that failed.',
    registers: this.#registers,
  });

  readonly #providersDown = new Gauge({
    name: 'pay_checkout_provider_down',
    help: 'Whether this process knows that a provider is down: 1 or 0. A provider that never was has no value.',
    labelNames: ['provider', 'environment'],
    registers: this.#registers,
  });

  readonly #outcomes = new Counter({
    name: 'pay_checkout_outcomes_total',
    help: 'Outcomes that providers confirmed, by outcome and reason.',
    labelNames: ['provider', 'environment', 'outcome', 'reason'],
    registers: this.#registers,
  });

  readonly #deliveries = new Counter({
    name: 'pay_checkout_outcome_calls_total',
    help: "The shop's `outcome` calls by result: delivered, delayed or given-up.",
    labelNames: ['result'],
    registers: this.#registers,
  });

  readonly #limited = new Counter({
    name: 'pay_checkout_rate_limited_total',
    help: 'Requests that the rate limit refused.',
    labelNames: ['endpoint'],
    registers: this.#registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts a step of a request. */
  countEvent({ duration, ...event }: PayEvent): void {
    const { phase, endpoint, provider, environment, status, problem, call, field, change, state } = event;
    const seconds = duration / 1000;
    if (phase === 'request') this.#requests.observe(withoutGaps({ endpoint, provider, environment, status, problem }), seconds);
    else if (phase === 'upstream') this.#upstream.observe(withoutGaps({ provider, call, status, problem }), seconds);
    else if (phase === 'order') this.#orders.observe(withoutGaps({ endpoint, problem }), seconds);
    else if (phase === 'input') this.#inputs.inc(withoutGaps({ provider, field, change }));
    else if (phase === 'breaker') this.#providersDown.set(withoutGaps({ provider, environment }), state === 'closed' ? 0 : 1);
    else this.#cacheFailures.inc();
  }

  /** Counts an outcome that a provider confirmed. */
  countOutcome({ provider, environment, outcome, reason }: PaymentOutcome): void {
    this.#outcomes.inc(withoutGaps({ provider, environment, outcome, reason }));
  }

  countDelivery(result: Delivery): void {
    this.#deliveries.inc({ result });
  }

  countLimited(endpoint: string): void {
    this.#limited.inc({ endpoint });
  }

  /** Adds the number of outcome calls that wait. */
  watchQueue(count: () => Promise<number>): void {
    new Gauge({
      name: 'pay_checkout_outcome_calls_waiting',
      help: "Outcome calls that the shop's backend has not received yet.",
      registers: this.#registers,
      async collect() {
        this.set(await count().catch(() => NaN));
      },
    });
  }
}

/** A label that has no value is an empty text in Prometheus. */
function withoutGaps<Name extends string>(labels: Readonly<Record<Name, string | number | undefined>>): Record<Name, string | number> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, value ?? ''])) as Record<Name, string | number>;
}
