import { readSettledOutcome, type Order, type OrderInput } from '../../server/order.js';
import type { OutcomeCall } from './outcome-call.js';
import type { OutcomeStore } from './outcome-store.js';

/** The outcomes after which another payment of the same order would be one too many, the clearest one first. */
const settling = ['paid', 'authorized', 'saved', 'pending'] as const;

interface UndeliveredOutcome extends Pick<Order, 'instructions'> {
  readonly settled: (typeof settling)[number];
  readonly provider: string;
  readonly decidedAt: string;
}

/** Milliseconds: longer than the call is sent again, so that the staff has time to correct the order by hand. */
export const rememberedFor = 7 * 24 * 60 * 60_000;

/**
 * The outcomes that the shop has not received yet. Until it has, its backend says that the order is unpaid, and a shopper who opens the order
 * again could pay twice.
 */
export class UndeliveredOutcomes {
  readonly #store: OutcomeStore;
  readonly #onError: (error: unknown) => void;

  /** @param onError receives the errors of the store. Payments continue without it */
  constructor(store: OutcomeStore, onError: (error: unknown) => void) {
    this.#store = store;
    this.#onError = onError;
  }

  async add(call: OutcomeCall): Promise<void> {
    const { outcome, order, details, provider, decidedAt } = call;
    const settled = settling.find((one) => one === outcome);
    if (!settled) return;
    const { instructions } = details;
    const undelivered: UndeliveredOutcome = { settled, provider, decidedAt, ...(instructions && { instructions }) };
    await this.#try(() => this.#store.set(order.reference, toPaymentKey(call), JSON.stringify(undelivered)));
  }

  /** Forgets what the shop need not receive any more, because it has received this outcome of the same payment. */
  async remove(call: OutcomeCall): Promise<void> {
    const { reference } = call.order;
    await this.#try(async () => {
      const text = (await this.#store.list(reference))[toPaymentKey(call)];
      if (text !== undefined && read(text).decidedAt <= call.decidedAt) await this.#store.delete(reference, toPaymentKey(call));
    });
  }

  /**
   * Returns the order as the shop would, had it received every outcome.
   *
   * @param isRelevant whether an outcome of this provider counts
   */
  async applyTo(order: OrderInput, isRelevant: (provider: string) => boolean = () => true): Promise<OrderInput> {
    if (readSettledOutcome(order as Order) || typeof order.reference !== 'string') return order;
    const texts = (await this.#try(() => this.#store.list(order.reference))) ?? {};
    const found = Object.values(texts)
      .map(read)
      .filter(({ provider, decidedAt }) => isRelevant(provider) && isCurrent(decidedAt, order))
      .sort((one, other) => settling.indexOf(one.settled) - settling.indexOf(other.settled))[0];
    if (!found) return order;
    const { settled, instructions } = found;
    return { ...order, settled, ...(instructions && { instructions }) };
  }

  async #try<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }
}

function read(text: string): UndeliveredOutcome {
  return JSON.parse(text) as UndeliveredOutcome;
}

function toPaymentKey({ payment: { provider, environment, id, order } }: OutcomeCall): string {
  return JSON.stringify([provider, environment, id ?? order]);
}

/** Whether an outcome still counts. It does not if the shop has opened the order for another payment since. */
function isCurrent(decidedAt: string, { openedAt }: Pick<OrderInput, 'openedAt'>): boolean {
  const decided = Date.parse(decidedAt);
  if (decided < Date.now() - rememberedFor) return false;
  return openedAt === undefined || openedAt === null || new Date(openedAt).getTime() <= decided;
}
