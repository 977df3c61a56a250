import { clockSkew, findUnclaimed } from '../../../server/operations/match-refunds.js';
import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { MoveResult, PaymentContext } from '../../../server/operations/provider-operations.js';
import { bankTimeout, createBearerGrant, createPost, type Account } from './calls.js';
import { explainRefusal } from './explain-refusal.js';
import { deriveIdempotencyKey } from './idempotency-key.js';
import type { MoveCall } from './plan-moves.js';
import { chooseForm, createTerms } from './query-payment.js';
import { readRecord, type StoredTerms } from './read-record.js';
import { readRefunds } from './read-refunds.js';
import { chooseSalesPath, saleResponse, type Sale } from './sale.js';

/**
 * Sends a refund, cancellation or capture. The same one has the same `Idempotency-Key`, so that Payroc answers a repeated request with its
 * first response.
 *
 * @throws {OperationRefused} `state` if Payroc says that the payment cannot be changed so: for example, its batch was closed meanwhile;
 *   `key` if Payroc has long had another request with this key
 * @throws {Problem} `upstream-…`
 */
export async function sendMove(merchantAccount: Account, context: PaymentContext, move: MoneyMove): Promise<MoveResult> {
  const account = chooseForm(merchantAccount, context.payment);
  const id = String(context.payment.id);
  const key = await deriveIdempotencyKey(move.kind, id, move.key, move.call);
  const { send, withBearer } = context;
  try {
    const sale = await withBearer(createBearerGrant(account), (bearer) => send(createMoveCall(account, id, move, { bearer, key })));
    return readResult(sale, move, await createTerms(account, withMove(context, move), sale));
  } catch (error) {
    throw explainRefusal(error, move);
  }
}

const paths: Readonly<Record<MoveCall, string>> = { reverse: 'reverse', reversePart: 'reverse', refund: 'refund', capture: 'capture' };

function createMoveCall(account: Account, id: string, { call, amount }: MoneyMove, pass: Parameters<typeof createPost>[1]) {
  const sales = chooseSalesPath(account);
  const action = paths[call as MoveCall];
  const post = createPost(account, pass, {
    name: `Payroc POST /${sales}/{paymentId}/${action}`,
    path: `${sales}/${encodeURIComponent(id)}/${action}`,
    ...bodies[call as MoveCall](account, amount, id),
    responseSchema: saleResponse,
  });
  return { ...post, timeout: bankTimeout, money: 'repeatable' } as const;
}

/** The bodies by call. A repeated request needs the same body, so they depend on the payment and the amount only. */
const bodies: Readonly<Record<MoveCall, (account: Account, amount: number, id: string) => { readonly body?: object }>> = {
  // Without an amount, the whole payment is reversed. The reversal of a bank transfer has no body.
  reverse: ({ form }) => (form === 'card' ? { body: {} } : {}),
  reversePart: (_, amount) => ({ body: { amount } }),
  refund: (_, amount, id) => ({ body: { amount, description: `Refund of payment ${id}` } }),
  capture: (_, amount) => ({ body: { amount } }),
};

function withMove(context: PaymentContext, move: MoneyMove): PaymentContext {
  const others = context.moves.filter(({ kind, key }) => kind !== move.kind || key !== move.key);
  return { ...context, moves: [...others, move] };
}

/** Reads the end of the move from the payment in the response. The status 200 alone says nothing. */
function readResult(sale: Sale, move: MoneyMove, stored: StoredTerms): MoveResult {
  const record = readRecord(sale, stored);
  const { kind, key, amount, call } = move;
  if (kind === 'cancel') return { state: record.outcome === 'reversed' || record.outcome === 'declined' ? 'done' : 'asked' };
  if (kind === 'capture') return { state: record.outcome === 'paid' && record.charged >= amount ? 'done' : 'asked' };
  const own = call === 'reverse' ? undefined : findNewest(sale, move, stored);
  const listed = own ?? record.refunds.find((one) => one.key === key);
  return { state: listed?.state ?? 'asked', ...(listed?.id !== undefined && { id: listed.id }) };
}

/**
 * Finds the entry that this request has added to `refunds[]`: the newest of its amount that is not older than the request, and is of no
 * other refund of ours. Where Payroc dates none of them, it is the last one.
 */
function findNewest(sale: Sale, { amount, sentAt }: MoneyMove, { price, moves }: StoredTerms) {
  const own = findUnclaimed(readRefunds(sale, price), moves).filter((one) => one.amount === amount);
  if (own.every(({ at }) => Number.isNaN(at))) return own.at(-1);
  return own.filter(({ at }) => at >= sentAt - clockSkew).sort((one, other) => other.at - one.at)[0];
}
