import { OperationNotSupported, OperationRefused } from '../../../server/operations/operation-errors.js';
import type { MoveKind } from '../../../server/operations/money-move.js';
import type { PaymentRecord } from '../../../server/operations/provider-operations.js';
import { holdsCardsOnly } from './order-features.js';
import type { PayrocRecord } from './read-record.js';

/** The calls that move money. `reversePart` is a reversal with an amount. */
export type MoveCall = 'reverse' | 'reversePart' | 'refund' | 'capture';

/** The words of `supportedOperations` that decide which call is sent. */
const operations = ['capture', 'refund', 'fullyReverse', 'partiallyReverse'] as const;

type Supported = ReadonlySet<(typeof operations)[number]>;

/**
 * Plans the release of a hold, or the return of a whole payment before its batch closes.
 *
 * @throws {OperationRefused} `state`
 */
export function planCancel(record: PayrocRecord, amount: number): MoveCall {
  const supported = readSupported('cancel', record);
  if (amount < record.charged) throw refuse('cancel', 'A part of the payment was returned already. Return the rest with pay.refund().');
  if (supported.has('fullyReverse')) return 'reverse';
  const instead = supported.has('refund') ? 'Its batch is closed. Return the money with pay.refund().' : 'There may be nothing to return.';
  throw refuse('cancel', `${describe(supported)} A cancellation needs \`fullyReverse\`. ${instead}`);
}

/**
 * Plans a refund: a reversal while the batch is open, and a refund afterwards. In an open batch, Payroc answers a refund with the reversal
 * of the whole payment, so a part is refunded only if the payment cannot be reversed any more.
 *
 * @throws {OperationRefused} `state`
 */
export function planRefund(record: PayrocRecord, amount: number): MoveCall {
  const supported = readSupported('refund', record);
  // Then nothing was returned before, because all moves together are at most what was charged.
  const isWhole = amount === record.charged;
  if (isWhole && supported.has('fullyReverse')) return 'reverse';
  if (supported.has('partiallyReverse')) return 'reversePart';
  if (supported.has('refund') && !supported.has('fullyReverse')) return 'refund';
  const instead = supported.has('fullyReverse')
    ? 'Only the whole payment can be returned until its batch closes. Try again after that.'
    : "Try again later, or look the payment up in Payroc's panel.";
  throw refuse('refund', `${describe(supported)} A refund of ${amount} needs \`partiallyReverse\` or \`refund\`. ${instead}`);
}

/**
 * Plans the capture of a hold. Payroc describes one capture of each hold.
 *
 * @throws {OperationNotSupported} for a bank transfer; {OperationRefused} `state`
 */
export function planCapture(record: PayrocRecord): MoveCall {
  if (record.isBank) throw new OperationNotSupported('payroc', 'capture', holdsCardsOnly);
  const supported = readSupported('capture', record);
  if (supported.has('capture') && record.charged === 0) return 'capture';
  throw refuse('capture', `${describe(supported)} A capture needs \`capture\`, and a payment that was not captured before.`);
}

/** @throws {OperationRefused} `state` if Payroc does not say what it allows */
function readSupported(kind: MoveKind, record: PayrocRecord): Supported {
  const { isIdentified, isBank, status, supportedOperations } = record;
  if (!isIdentified) throw refuse(kind, noId);
  // A bank transfer is reversed as a whole only.
  const known = operations.filter((one) => !isBank || one !== 'partiallyReverse');
  if (supportedOperations) return new Set(known.filter((one) => supportedOperations.includes(one)));
  const supported = isBank ? bankOperations.get(status ?? '') : undefined;
  if (supported) return new Set(supported);
  throw refuse(kind, isBank ? noStatus : noOperations);
}

/** Whether the payment is settled, so that Payroc can never reverse it any more. Without a clear word, it may still be open. */
export function isSettled({ isBank, status, supportedOperations }: Omit<PayrocRecord, keyof PaymentRecord>): boolean {
  const words = supportedOperations ?? (isBank ? bankOperations.get(status ?? '') : undefined) ?? [];
  return words.includes('refund') && !words.includes('fullyReverse') && !words.includes('partiallyReverse');
}

const noId = 'The payment has no `id` yet. Call pay.query(), store the `payment` that it returns, and pass that one.';
const noOperations =
  "Payroc's record of the payment should say in `supportedOperations` what may be done now, but has none. Nothing was sent. Try again " +
  "later, or use Payroc's panel.";
const noStatus =
  'The status of the bank transfer should be `ready`, `pending` or `complete`, but was another one. Nothing was sent. Try again later, or ' +
  "use Payroc's panel.";

/** What a bank transfer allows, which has no `supportedOperations`: by whether its batch is open (documentation, `status`). */
const bankOperations: ReadonlyMap<string, readonly (typeof operations)[number][]> = new Map([
  ['ready', ['fullyReverse']],
  ['pending', ['fullyReverse']],
  ['complete', ['refund']],
]);

function describe(supported: Supported): string {
  const words = [...supported].map((word) => `\`${word}\``);
  return `Payroc allows ${words.length > 0 ? words.join(', ') : 'no call that moves money'} for this payment now.`;
}

function refuse(kind: MoveKind, sentences: string): OperationRefused {
  return new OperationRefused('state', `pay.${kind}(): ${sentences}`);
}
