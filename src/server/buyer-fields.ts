import type { Buyer, BuyerField } from './buyer.js';
import { describeChange, type InputChange } from './buyer-text.js';

/** Writes the fields of a buyer for a provider, and reports each one that the provider receives in another form. */
export class BuyerFields {
  readonly #buyer: Buyer;
  readonly #report: (field: BuyerField, change: InputChange) => void;

  constructor(buyer: Buyer, report: (field: BuyerField, change: InputChange) => void) {
    this.#buyer = buyer;
    this.#report = report;
  }

  /** Returns what the shopper typed into a field. */
  read(field: BuyerField): string | undefined {
    const keys = field.split('.').slice(1);
    return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], this.#buyer) as string | undefined;
  }

  /** Returns what is sent for a field, and reports it if it differs from what was typed. */
  send(field: BuyerField, sent: string | undefined, change = describeChange(this.read(field), sent)): string | undefined {
    if (change) this.#report(field, change);
    return sent;
  }
}
