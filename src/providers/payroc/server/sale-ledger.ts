import * as z from 'zod/mini';
import { sha256, toHex } from '../../../server/digests.js';
import type { Store, VerifiedOutcome } from '../../../server/provider.js';
import { keepsMoney } from './decide-outcome.js';
import type { SaleTerms } from './sale.js';

const outcomes = ['paid', 'authorized', 'pending', 'refunded', 'reversed', 'forged'] as const;

const recordedSale = () =>
  z.object({
    orderId: z.string(),
    sentAt: z.number(),
    requests: z.number(),
    amount: z.number(),
    currency: z.string(),
    isHoldRequested: z.boolean(),
    end: z.optional(
      z.object({
        outcome: z.enum(outcomes),
        reason: z.optional(z.enum(['partial', 'referral', 'processing', 'unknown-state', 'order', 'currency', 'price'])),
        approved: z.optional(z.number()),
        reference: z.optional(z.string()),
      }),
    ),
  });

const record = z.lazy(() => z.array(recordedSale()));

/** A sale that was sent to Payroc and was not declined. */
export interface RecordedSale {
  /** `order.orderId` of the sale, which stands for its single-use token. */
  readonly orderId: string;
  /** When it was last sent, in epoch ms. */
  readonly sentAt: number;
  /** How many requests of the page have sent it. */
  readonly requests: number;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly isHoldRequested: boolean;
  /** What Payroc has said about it. Missing while its end is unknown. */
  readonly end?: Pick<VerifiedOutcome, 'outcome' | 'reason' | 'approved' | 'reference'>;
}

/** What the store knows about an order. */
export interface SaleRecord {
  readonly sales: readonly RecordedSale[];
  /** Whether there can be no other sale that counts. */
  readonly isComplete: boolean;
}

const day = 24 * 3600 * 1000;

/** How many sales a record keeps. Each one is looked up before another sale. More than two need failures for an hour. */
const maxSales = 5;

/** Milliseconds that a record is kept after its last change: as long as Payroc answers a known key with its first response. */
const recordLifetime = 7 * day;

/**
 * Milliseconds back to which a sale of an order without a record is looked up. A store that has existed for as long has a record of each
 * of those sales.
 */
export const lookBack = day;

/**
 * Records the sales of one order in the merchant's cache, so that a sale whose answer was lost is found before another one is made. The
 * record contains neither single-use tokens nor card data.
 */
export class SaleLedger {
  readonly #store: Store;
  readonly #key: string;
  readonly #startKey: string;

  private constructor(store: Store, scope: string, orderHash: string) {
    this.#store = store;
    this.#key = `${scope}:sales:${orderHash}`;
    this.#startKey = `${scope}:started`;
  }

  static async open(store: Store, { account, order }: Pick<SaleTerms, 'account' | 'order'>): Promise<SaleLedger> {
    const { environment, processingTerminalId, form } = account;
    const scope = `pay-checkout:payroc:${environment}:${processingTerminalId}:${form}`;
    return new SaleLedger(store, scope, toHex(await sha256(order.reference)).slice(0, 32));
  }

  /** Returns the order's recorded sales. Without a cache that has just answered, another process may have made others. */
  async read(): Promise<SaleRecord> {
    const [{ value, isShared }, isOldEnough] = await Promise.all([this.#store.read(this.#key), this.#isOldEnough()]);
    const sales = parseRecord(value);
    return { sales: sales ?? [], isComplete: isShared && (sales !== undefined || isOldEnough) };
  }

  async write(sales: readonly RecordedSale[]): Promise<void> {
    await this.#store.set(this.#key, JSON.stringify(sales.slice(-maxSales)), recordLifetime);
  }

  /** Replaces a sale by its record with an outcome, or removes it. Reads the record again: meanwhile, another process may have added a sale. */
  async replace({ orderId: id }: RecordedSale, replacement: readonly RecordedSale[]): Promise<void> {
    const others = (parseRecord(await this.#store.get(this.#key)) ?? []).filter(({ orderId }) => orderId !== id);
    await this.write([...others, ...replacement]);
  }

  /** Whether the store itself is old enough. A new one may have replaced one that was lost, as when a process without a cache restarts. */
  async #isOldEnough(): Promise<boolean> {
    const { value, isShared } = await this.#store.read(this.#startKey);
    const startedAt = Number(value);
    // A cache that has lost its age, or was not reachable, may lack sales: it is as new again.
    if (isShared && startedAt > 0) return Date.now() - startedAt >= lookBack;
    await this.#store.set(this.#startKey, String(Date.now()), 365 * day);
    return false;
  }
}

function parseRecord(text = ''): readonly RecordedSale[] | undefined {
  try {
    return record.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns what the ledger keeps of a sale with this outcome. Without an outcome, its end is still unknown. */
export function applyOutcome(sale: RecordedSale, found: VerifiedOutcome | undefined): readonly RecordedSale[] {
  if (!found) return [sale];
  const { outcome, reason, approved, reference } = found;
  // The order's price may change back, so the ledger keeps what Payroc itself said.
  if ((reason === 'price' || reason === 'currency') && sale.end && keepsMoney(sale.end)) return [sale];
  // Another request with its single-use token is declined again. A returned payment must stay: Payroc would repeat its approval.
  return outcome === 'declined' ? [] : [{ ...sale, end: { outcome, reason, approved, reference } }];
}
