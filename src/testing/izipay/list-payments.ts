import { asObject, asText, type Json } from '../http.js';
import type { StandInPayment } from '../stand-in-payment.js';
import type { Account, Charge, Session } from './account.js';

/** Lists the order numbers with a result, oldest first, each with its last result. */
export function listPayments({ environment, sessions, charges }: Account): StandInPayment[] {
  const paid = [...sessions.values()].filter(({ results }) => results.length > 0);
  const byOrderNumber = new Map(paid.map((session) => [session.orderNumber, session]));
  return [...byOrderNumber.values()].map((session) => {
    const { orderNumber, amount, currency, urlIPN, results, resultAtMs } = session;
    const charge = charges.findLast((one) => one.orderNumber === orderNumber);
    const money = { amount: Math.round(Number(amount) * 100), currency, refunded: charge?.refunded ?? 0 };
    const payment = { id: orderNumber, environment, order: readReference(session) ?? orderNumber, paidAtMs: resultAtMs };
    return { ...payment, ...money, state: describeState(results.at(-1)!, charge), ...(urlIPN && { notificationUrl: urlIPN }) };
  });
}

/** Izipay's query shows only the first result of a payment. The other words are those of its panel. */
function describeState(result: Json, charge: Charge | undefined): string {
  if (charge?.isCancelled) return 'Anulado';
  if (charge?.isDisputed) return 'En disputa';
  if (charge?.isSettled) return 'Liquidado';
  if (charge?.isCaptured) return 'Depositado';
  if (charge?.isHold) return 'Pre-autorizado';
  const [order] = asObject(result.response)?.order as [Json];
  return asText(order.stateMessage);
}

/** Reads the order's reference, which the server half writes into the address for notifications. */
function readReference({ urlIPN }: Session): string | undefined {
  const encoded = URL.canParse(urlIPN) && new URL(urlIPN).searchParams.get('reference');
  if (!encoded) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    // Another backend has its own parameter of this name.
    return undefined;
  }
}
