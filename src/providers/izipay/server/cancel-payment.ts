import { OperationNotSupported, OperationRefused } from '../../../server/operations/operation-errors.js';
import type { MoneyOperation } from '../../../server/operations/provider-operations.js';
import { refuseState, requireNumbers } from './charged-payment.js';
import type { IzipayRecord } from './izipay-record.js';
import { readKnownPayment } from './known-payment.js';
import { buildMoneyBody } from './money-body.js';
import { readMoveResult } from './read-move-result.js';
import type { Account } from './token-call.js';
import { callTransaction } from './transaction-call.js';

const path = '/cancel/api/Transaction/Cancel';

/** Milliseconds from Lima's clock to UTC, all year. Izipay's merchants are in Peru. */
const limaOffset = 5 * 3_600_000;

/**
 * Annuls a payment (`POST /cancel/api/Transaction/Cancel`, from three merchants' code). They annul the whole amount, and on the day of the
 * payment only: the payment is settled after it, at an hour that no document names. That the call also releases a hold is our
 * conclusion: no source shows it. No source describes the annulment of a captured hold, which has two sets of numbers.
 */
export function createCancel(account: Account): MoneyOperation<IzipayRecord> {
  return {
    plan(record, _amount, moves) {
      if (moves.some(({ kind }) => kind === 'capture')) throw createCapturedError();
      if (record.outcome !== 'paid' && record.outcome !== 'authorized') throw refuseState('cancel', record, 'paid or authorized');
      requireSameDay(requireNumbers('cancel', record.known).paidAt);
      return 'Cancel';
    },
    async send(context) {
      const payment = requireNumbers('cancel', readKnownPayment(context.payment));
      const body = buildMoneyBody(path, account, payment);
      return readMoveResult('cancel', await callTransaction(account, context, { path, body, movesMoney: true }), 'uniqueIdCancel');
    },
  };
}

function createCapturedError(): OperationNotSupported {
  return new OperationNotSupported(
    'izipay',
    'cancel',
    "No source describes how Izipay annuls a captured hold. Refund it in Izipay's panel.",
  );
}

/** @throws {OperationRefused} `state` */
function requireSameDay(paidAt: string): void {
  const [paid, today] = [toLimaDay(Date.parse(paidAt)), toLimaDay(Date.now())];
  if (paid === today) return;
  const message = `pay.cancel(): Izipay annuls a payment on its own day in Lima. It was made on ${paid}, and today is ${today}.`;
  throw new OperationRefused('state', `${message} Refund it in Izipay's panel.`);
}

/** Returns the calendar day in Lima, such as `2024-03-07`. */
function toLimaDay(moment: number): string {
  return new Date(moment - limaOffset).toISOString().slice(0, 10);
}
