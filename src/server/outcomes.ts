import type { Environment } from '../shared/environment.js';
import type { ConfirmedOutcome } from '../shared/endpoint-contract.js';
import type { Order } from './order.js';
import type { ServerProvider, Verdict, VerifyContext } from './provider.js';

/** What the merchant is told of an order: what the provider itself says, whoever asked. */
export interface ToldOutcome extends Verdict {
  /** As the merchant's function returned it just now. */
  readonly order: Order;
  readonly provider: string;
  readonly environment: Environment;
}

export type OnOutcome = (told: ToldOutcome) => void | Promise<void>;

/** Has the provider say what came of a payment, and tells the merchant before anybody else. */
export async function findOutcome(provider: ServerProvider, context: VerifyContext, onOutcome?: OnOutcome): Promise<ToldOutcome> {
  const { order, environment, result } = context;
  const about = { order, environment, provider: result.provider };
  // Nothing happens, so nobody is told.
  if (order.paid && provider.charges) return { outcome: 'paid', ...about };
  const told = { ...(await provider.verify(context)), ...about };
  await onOutcome?.(told);
  return told;
}

/**
 * What the page is told. A forgery is *pending* there: the shopper is not thanked, nor told to pay again while money may have
 * moved; and whoever forges does not learn from it what was wrong.
 */
export function outcomeForPage({ outcome }: Verdict): ConfirmedOutcome {
  return outcome === 'forged' ? 'pending' : outcome;
}
