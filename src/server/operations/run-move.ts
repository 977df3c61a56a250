import { chooseAmount } from './choose-amount.js';
import type { LoggedMove } from './money-log.js';
import { findRefundable, type MoneyMove, type MoveKind } from './money-move.js';
import { OperationRefused } from './operation-errors.js';
import type { ListedRefund, MoneyOperation, PaymentRecord } from './provider-operations.js';
import { queryPayment, type QueryTools } from './query-payment.js';
import { watchMoney } from './watch-money.js';

/** What the merchant requested. */
export interface MoveRequest {
  readonly kind: MoveKind;
  readonly key: string;
  /** Minor units. By default, all that is left. */
  readonly amount?: number;
}

/** The call of a refund that this process found in the provider's list. */
const listedCall = 'listed';

export interface MoveTools extends QueryTools {
  readonly operation: MoneyOperation;
}

/**
 * Sends a refund, cancellation or capture once. It is stored before it is sent. After a lost response, the provider's record
 * decides, and where it shows nothing, the move stays `asked`.
 *
 * @throws {OperationRefused} if the payment, or what was sent before, does not allow it
 * @throws {OperationNotSupported} if the provider lacks it for this payment
 * @throws {Problem} if the provider failed, and no money moved
 */
export async function runMove(request: MoveRequest, tools: MoveTools): Promise<void> {
  const { log } = tools;
  const earlier = findSame(await log.read(), request);
  if (earlier) return resume(earlier, request, tools);
  const record = await queryPayment(tools);
  const added = await log.append((moves) => (moves.some(isSame(request)) ? undefined : planMove(request, record, moves, tools)));
  // Another process has stored the same request meanwhile, and sends it.
  if (!added) return requireSameAmount(findSame(await log.read(), request)?.move, request);
  if (added.move.call !== listedCall) await sendMove(added, withNumbers(tools, record), { moves: added.earlier });
}

/** Adds the numbers of the record to the payment, which the merchant may have stored before the provider reported them. */
function withNumbers(tools: MoveTools, { numbers }: PaymentRecord): MoveTools {
  const { payment } = tools.context;
  const { provider, environment, order } = payment;
  return { ...tools, context: { ...tools.context, payment: { ...payment, ...numbers, provider, environment, order } } };
}

function isSame(request: MoveRequest): (move: MoneyMove) => boolean {
  return ({ kind, key }) => kind === request.kind && key === request.key;
}

function findSame(logged: readonly LoggedMove[], request: MoveRequest): LoggedMove | undefined {
  return logged.find(({ move }) => isSame(request)(move));
}

/** @throws {OperationRefused} `key` */
function requireSameAmount(move: MoneyMove | undefined, { amount, kind, key }: MoveRequest): void {
  if (move === undefined || amount === undefined || amount === move.amount) return;
  const message = `pay.${kind}(): the key ${key} belongs to an earlier call with the amount ${move.amount}, but was used with ${amount}.`;
  throw new OperationRefused('key', `${message} Use another key for another ${kind}.`);
}

function planMove(request: MoveRequest, record: PaymentRecord, moves: readonly MoneyMove[], { operation }: MoveTools): MoneyMove {
  const { kind, key } = request;
  const known = kind === 'refund' ? record.refunds.find((one) => one.key === key) : undefined;
  if (known) return adoptRefund(known, request);
  // Nothing was charged. The provider's refusal says why, and the amount says less.
  if (kind === 'refund' && record.charged === 0) operation.plan(record, request.amount ?? 0, moves);
  const amount = chooseAmount(request, record, moves);
  const call = operation.plan(record, amount, moves);
  return { kind, key, amount, call, state: 'asked', sentAt: Date.now(), charged: record.charged };
}

/** Stores a refund that the provider lists with this key: the ledger has forgotten it. */
function adoptRefund({ id, amount, state }: ListedRefund, request: MoveRequest): MoneyMove {
  const move: MoneyMove = { ...request, amount, call: listedCall, state, sentAt: Date.now(), ...(id !== undefined && { id }) };
  requireSameAmount(move, request);
  return move;
}

/** Continues a move that was stored before. One with an unknown result is sent again only if the provider recognizes it. */
async function resume(earlier: LoggedMove, request: MoveRequest, tools: MoveTools): Promise<void> {
  requireSameAmount(earlier.move, request);
  if (earlier.move.state !== 'asked') return;
  const record = await queryPayment(tools);
  const logged = await tools.log.read();
  const found = findSame(logged, request);
  // It had no effect, so this is a new one.
  if (!found) return runMove(request, tools);
  const others = logged.filter((one) => one !== found).map(({ move }) => move);
  if (isRepeatable(found, tools) && fits(found.move, record, others)) await sendMove(found, tools, { moves: others, isRepeated: true });
}

/** Whether the payment still has the money: it may have been returned in the provider's panel since the move was planned. */
function fits({ kind, amount }: MoneyMove, record: PaymentRecord, others: readonly MoneyMove[]): boolean {
  return kind !== 'refund' || amount <= findRefundable(record, others);
}

function isRepeatable({ move, isInDoubt }: LoggedMove, { operation: { repeatableFor = 0 } }: MoveTools): boolean {
  const isKnown = move.state !== 'asked' || move.id !== undefined || move.call === listedCall;
  return !isKnown && !isInDoubt && Date.now() - move.sentAt < repeatableFor;
}

interface SendOptions {
  /** Every other move of the payment. */
  readonly moves: readonly MoneyMove[];
  /** Whether an earlier request for this move may have taken effect. */
  readonly isRepeated?: boolean;
  /** Whether another call of the provider's was already tried. */
  readonly isReplanned?: boolean;
}

async function sendMove(logged: LoggedMove, tools: MoveTools, options: SendOptions): Promise<void> {
  const { context, operation, log } = tools;
  const { slot, move } = logged;
  const watched = watchMoney({ ...context, moves: [...options.moves, move] });
  try {
    const { state, id } = await operation.send(watched.context, move);
    await log.update({ slot, move: { ...move, state, ...(id !== undefined && { id }) } });
  } catch (error) {
    const replanned = error instanceof OperationRefused && !options.isReplanned ? await replan(logged, tools) : undefined;
    if (replanned) return replanned.move.state === 'asked' ? sendMove(replanned, tools, { ...options, isReplanned: true }) : undefined;
    const hasMoved = !(error instanceof OperationRefused) && (options.isRepeated || watched.mayHaveMoved(error));
    if (!hasMoved) return forget(slot, tools, error);
    // If this fails too, the move stays `asked`, and the next call asks the provider again.
    await queryPayment(tools).catch(() => {});
  }
}

/**
 * Removes a move that moved no money, unless another process has repeated it meanwhile, and knows its result.
 *
 * @throws the error with which it failed
 */
async function forget(slot: number, { log }: MoveTools, error: unknown): Promise<void> {
  const current = (await log.read()).find((one) => one.slot === slot);
  if (current && (current.move.state !== 'asked' || current.move.id !== undefined)) return;
  await log.void(slot);
  throw error;
}

/**
 * Chooses another call for a move that the provider refused because the payment's state had changed. Returns `undefined` if there is none,
 * and the move itself if the provider shows that an earlier request for it took effect.
 */
async function replan({ slot, move }: LoggedMove, tools: MoveTools): Promise<LoggedMove | undefined> {
  const { operation, log } = tools;
  try {
    const record = await queryPayment(tools);
    const logged = await log.read();
    const current = logged.find((one) => one.slot === slot);
    if (current && current.move.state !== 'asked') return current;
    const others = logged.filter((one) => one !== current).map((one) => one.move);
    const call = operation.plan(record, move.amount, others);
    if (call === move.call || !fits(move, record, others)) return undefined;
    const replanned = { slot, move: { ...move, call } };
    await log.update(replanned);
    return replanned;
  } catch {
    // The provider's first refusal says more.
    return undefined;
  }
}
