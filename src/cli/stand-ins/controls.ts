import type { StandInApi } from '../../testing/api.js';

/** What happens at a provider, or in its panel, without the merchant's backend, with the text of its button. */
export const controls = {
  settle: 'Settle',
  refund: 'Refund',
  endRefunds: 'Complete the refunds',
  dispute: 'Dispute',
} as const;

export type Control = keyof typeof controls;

type Controls = Readonly<Partial<Record<Control, (id: string) => boolean>>>;

/** Lists what the stand-in of a provider can play. */
export function listControls(api: StandInApi): readonly Control[] {
  return (Object.keys(controls) as Control[]).filter((name) => (api as Controls)[name]);
}

/** Returns whether the payment's state allows it. */
export function runControl(api: StandInApi, name: Control, id: string): boolean {
  return (api as Controls)[name]?.(id) ?? false;
}
