import type { BearerCache } from '../../server/bearer-cache.js';
import { readSettledOutcome, type Order, type OrderInput } from '../../server/order.js';
import { identifyOutcome, type OutcomeCall } from './outcome-call.js';
import { keepFor } from './outcome-queue.js';

/** What an order without a payment would otherwise be paid for a second time. */
const settling = ['paid', 'authorized', 'saved', 'pending'] as const;

type Settling = (typeof settling)[number];

interface UnheardOutcome extends Pick<Order, 'instructions'> {
  /** The id of the outcome. */
  readonly id: string;
  readonly settled: Settling;
  readonly decidedAt: string;
}

/**
 * The outcomes that the shop has not received yet. Until then, the shop calls the order unpaid, and a shopper who opens it again could pay
 * twice.
 */
export class UnheardOutcomes {
  readonly #store: BearerCache;

  /** @param store shared by all processes, if there are several; a `Map` otherwise */
  constructor(store: BearerCache) {
    this.#store = store;
  }

  async add(call: OutcomeCall): Promise<void> {
    const { outcome, order, details, decidedAt } = call;
    const settled = settling.find((one) => one === outcome);
    if (!settled) return;
    const { instructions } = details;
    const unheard: UnheardOutcome = { id: identifyOutcome(call), settled, decidedAt, ...(instructions && { instructions }) };
    await ignoreFailure(() => this.#store.set(toKey(order), JSON.stringify(unheard), keepFor));
  }

  /** Forgets an outcome that the shop has received. Another one of the same order may still wait. */
  async remove(call: OutcomeCall): Promise<void> {
    const unheard = await this.#find(call.order);
    if (unheard?.id === identifyOutcome(call)) await ignoreFailure(() => this.#store.delete(toKey(call.order)));
  }

  /** Returns the order with the outcome that the shop has not received. */
  async applyTo(order: OrderInput): Promise<OrderInput> {
    if (readSettledOutcome(order as Order)) return order;
    const unheard = await this.#find(order);
    if (!unheard || isOpenedAfter(order, unheard.decidedAt)) return order;
    const { settled, instructions } = unheard;
    return { ...order, settled, ...(instructions && { instructions }) };
  }

  async #find(order: Pick<Order, 'reference'>): Promise<UnheardOutcome | undefined> {
    const text = await ignoreFailure(() => this.#store.get(toKey(order)));
    return typeof text === 'string' ? (JSON.parse(text) as UnheardOutcome) : undefined;
  }
}

function toKey({ reference }: Pick<Order, 'reference'>): string {
  return `unheard:${reference}`;
}

/** Whether the shop has opened the order for another payment since. */
function isOpenedAfter({ openedAt }: Pick<OrderInput, 'openedAt'>, decidedAt: string): boolean {
  return openedAt !== undefined && openedAt !== null && new Date(openedAt).getTime() > Date.parse(decidedAt);
}

/** Without this protection, a payment goes on. */
async function ignoreFailure(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
