import type { ServerContext, VerifiedOutcome } from '../../../server/provider.js';
import { createBearerGrant, type Account } from './calls.js';
import { decideOutcome } from './decide-outcome.js';
import { describeUnanswered } from './describe-unanswered.js';
import { findKnownSales, findOutcome, type KnownSale } from './find-known-sales.js';
import type { PaymentSource } from './payment-source.js';
import { blocksSale, chooseOutcome } from './rank-outcomes.js';
import { resolveSaleError } from './resolve-sale-error.js';
import { createRecord, createSaleContext, type SaleContext } from './sale-context.js';
import { readNumbers } from './sale-details.js';
import { applyOutcome, type RecordedSale } from './sale-ledger.js';
import { createSaleCall } from './sale.js';

/** Milliseconds in which no other sale follows one whose answer was lost: Payroc's list may not have it yet. */
const unansweredWait = 600_000;

/** Sells an order, unless an earlier sale of the order charged the shopper or still may. */
export function runSale(account: Account, context: ServerContext, source: PaymentSource): Promise<VerifiedOutcome> {
  const { environment, order, runExclusively, withBearer } = context;
  return runExclusively(`payroc:sale:${environment}:${order.reference}`, () =>
    withBearer(createBearerGrant(account), async (bearer) => sellOnce(await createSaleContext(account, context, source, bearer))),
  );
}

async function sellOnce(context: SaleContext): Promise<VerifiedOutcome> {
  const { terms, ledger } = context;
  const known = await findKnownSales(context);
  const isPending = terms.order.settled === 'pending';
  const reported = isPending ? await describePending(context, known) : findDecidingOutcome(context, known);
  // Of several charges, one is reported at a time. The others stay unreported, and the next request finds them.
  const isUnreported = ({ sale, outcome }: KnownSale) => outcome !== reported && !sale.end && outcome !== undefined && blocksSale(outcome);
  const kept = known.flatMap((one) => (isUnreported(one) ? [one.sale] : applyOutcome(one.sale, one.outcome)));
  if (!reported) return makeSale(context, kept);
  await ledger.write(kept);
  return reported;
}

/** Returns the outcome of this sale, if it was made before, or of another one, if a sale now could charge the shopper twice. */
function findDecidingOutcome({ terms }: SaleContext, known: readonly KnownSale[]): VerifiedOutcome | undefined {
  const isOwn = ({ orderId }: RecordedSale) => orderId === terms.orderId;
  const isWaiting = ({ sentAt }: RecordedSale) => Date.now() - sentAt < unansweredWait;
  const deciding = known.filter(({ sale, outcome }) => outcome && (isOwn(sale) || blocksSale(outcome)));
  // A sale that the merchant has not heard of comes first, so that each one is reported.
  const found = chooseKnown(deciding.filter(({ sale }) => !sale.end)) ?? chooseKnown(deciding);
  const unanswered = known.find((one) => isUnanswered(one) && !isOwn(one.sale) && isWaiting(one.sale));
  return found ?? (unanswered && describeUnanswered(terms, unanswered.sale));
}

function chooseKnown(known: readonly KnownSale[]): VerifiedOutcome | undefined {
  return chooseOutcome(known.flatMap(({ outcome }) => outcome ?? []));
}

/** Describes the sales of an order that the merchant knows as pending. No sale is made for it. */
async function describePending(context: SaleContext, known: readonly KnownSale[]): Promise<VerifiedOutcome> {
  const { terms } = context;
  const isRecorded = known.some(({ sale }) => sale.orderId === terms.orderId);
  const own = isRecorded ? undefined : await findOutcome(context, createRecord(terms));
  const lost = known.find(isUnanswered);
  const unknown = { outcome: 'pending', reason: 'not-found', numbers: readNumbers({ order: {} }, terms) } as const;
  const found = [own, chooseKnown(known)].flatMap((outcome) => outcome ?? []);
  return chooseOutcome(found) ?? (lost ? describeUnanswered(terms, lost.sale) : unknown);
}

const isUnanswered = ({ sale, outcome }: KnownSale) => !outcome && !sale.end;

/** Makes the sale. Payroc answers a repeated request with its first response, so a repeated sale charges once. */
async function makeSale(context: SaleContext, recorded: readonly RecordedSale[]): Promise<VerifiedOutcome> {
  const { terms, ledger, source, bearer, send } = context;
  const key = await source.deriveKey(terms.order);
  const earlier = recorded.find(({ orderId }) => orderId === terms.orderId);
  const sale = { ...(earlier ?? createRecord(terms)), sentAt: Date.now(), requests: (earlier?.requests ?? 0) + 1 };
  // Before it is sent, because this process may end before the answer arrives.
  await ledger.write([...recorded.filter((one) => one !== earlier), sale]);
  let isRetried = false;
  const onRetry = () => void (isRetried = true);
  try {
    const decided = decideOutcome(await send({ ...createSaleCall(terms, source, { bearer, key }), onRetry }), terms);
    const outcome = { ...decided, details: { paidAt: new Date(earlier?.sentAt ?? sale.sentAt).toISOString(), ...decided.details } };
    await ledger.replace(sale, applyOutcome(sale, outcome));
    return outcome;
  } catch (error) {
    return resolveSaleError(context, sale, error, earlier !== undefined || isRetried);
  }
}
