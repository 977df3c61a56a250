import type { Account, Charge } from './account.js';

/** What a merchant, a bank or the night does to the payments of one account. Each function returns whether there is such a payment. */
export class Panel {
  readonly #accounts: readonly Account[];

  constructor(accounts: readonly Account[]) {
    this.#accounts = accounts;
  }

  settle(id?: string): boolean {
    return this.#change(id, isCharged, (charge) => (charge.isSettled = true));
  }

  refund(id: string, amount?: number): boolean {
    const canRefund = (charge: Charge) => isCharged(charge) && findLeft(charge) > 0 && (amount ?? 1) <= findLeft(charge);
    return this.#change(id, canRefund, (charge) => (charge.refunded += amount ?? findLeft(charge)));
  }

  dispute(id: string): boolean {
    return this.#change(id, isCharged, (charge) => (charge.isDisputed = true));
  }

  #change(id: string | undefined, isChangeable: (charge: Charge) => boolean, change: (charge: Charge) => unknown): boolean {
    const charges = this.#accounts.flatMap((account) => account.charges).filter((one) => id === undefined || one.orderNumber === id);
    const changeable = charges.filter(isChangeable);
    changeable.forEach(change);
    return changeable.length > 0;
  }
}

/** Whether the money was charged. A hold is once it is captured. */
function isCharged({ isHold, isCaptured, isCancelled }: Charge): boolean {
  return !isCancelled && (!isHold || isCaptured);
}

/** Returns the minor units that were not refunded. */
function findLeft({ amount, refunded }: Charge): number {
  return Math.round(Number(amount) * 100) - refunded;
}
