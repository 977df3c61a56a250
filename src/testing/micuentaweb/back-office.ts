import { createAuthorizationNumber, isApproved, type Account, type Order, type Transaction } from './account.js';
import { recordNotification } from './notification.js';
import { addRefund, canRefund, countLeft } from './refund-transaction.js';

/** What happens to a transaction later. By default, one that waits is authorised, and one that is authorised is captured. */
export type MicuentawebSettlement = 'AUTHORISED' | 'CAPTURED' | 'REFUSED' | 'EXPIRED' | 'CANCELLED';

const next: Readonly<Record<string, MicuentawebSettlement>> = {
  WAITING_AUTHORISATION: 'AUTHORISED',
  UNDER_VERIFICATION: 'AUTHORISED',
  AUTHORISED: 'CAPTURED',
};

/** What a merchant, a bank or the night does to the payments of a shop. Each function returns whether there is such a payment. */
export class BackOffice {
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  settle(id?: string, settlement?: MicuentawebSettlement): boolean {
    return this.#change(id, 'BATCH', (_, transaction) => {
      const detailedStatus = settlement ?? next[transaction.detailedStatus];
      if (!detailedStatus) return undefined;
      transaction.detailedStatus = detailedStatus;
      if (isApproved(detailedStatus)) transaction.authorizationNumber ??= createAuthorizationNumber(transaction.uuid);
      return transaction;
    });
  }

  refund(id: string, amount?: number): boolean {
    return this.#change(id, 'MERCH_BO', (order, transaction) => {
      const money = amount ?? countLeft(transaction);
      return canRefund(transaction, money) ? addRefund(this.#account, order, transaction, money) : undefined;
    });
  }

  dispute(id: string): boolean {
    return this.#change(id, '', (_, transaction) => {
      transaction.isDisputed = true;
      return transaction;
    });
  }

  /** @param source of the notification; without it, Lyra sends none */
  #change(id: string | undefined, source: string, change: (order: Order, one: Transaction) => Transaction | undefined): boolean {
    const all = this.#account.orders.flatMap((order) => order.transactions.map((transaction) => ({ order, transaction })));
    const own = all.filter(({ transaction }) => transaction.operationType !== 'CREDIT' && (id ?? transaction.uuid) === transaction.uuid);
    const changed = own.filter(({ order, transaction }) => {
      const result = change(order, transaction);
      if (result && source) recordNotification(this.#account, order, result, source);
      return result !== undefined;
    });
    return changed.length > 0;
  }
}
