import type { StandIns } from '../../src/testing/stand-ins.js';
import type { ShopPayment } from '../payments.js';
import { chosenProvider } from '../chosen.js';

/** What happens at a provider, or in its panel, without the merchant's backend. */
export const controls = ['settle', 'refund', 'endRefunds', 'dispute'] as const;

export type Control = (typeof controls)[number];

type Controls = Readonly<Partial<Record<Control, (id: string) => boolean>>>;

/** Lists what can be played on a payment. A payment that no shopper made yet is not at the provider. */
export function findControls(standIns: StandIns, { payment, outcome }: ShopPayment): readonly Control[] {
  const found: Controls = standIns[chosenProvider(payment.provider)];
  return payment.id !== undefined && outcome ? controls.filter((name) => found[name]) : [];
}

/** Plays it. The shop learns of it when it asks the provider. Returns whether the payment's state allows it. */
export function runControl(standIns: StandIns, name: Control, { payment: { provider, id } }: ShopPayment): boolean {
  const found: Controls = standIns[chosenProvider(provider)];
  return found[name]?.(id as string) ?? false;
}
