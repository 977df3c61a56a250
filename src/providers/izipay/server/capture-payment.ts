import { OperationNotSupported } from '../../../server/operations/operation-errors.js';
import type { MoneyOperation } from '../../../server/operations/provider-operations.js';
import { refuseState, requireNumbers } from './charged-payment.js';
import type { IzipayRecord } from './izipay-record.js';
import { readKnownPayment } from './known-payment.js';
import { buildMoneyBody, formatMoment } from './money-body.js';
import { readMoveResult } from './read-move-result.js';
import type { Account } from './token-call.js';
import { callTransaction } from './transaction-call.js';

const path = '/capture/v1/Transaction/Deposit';

/** The only method in the recorded captures. */
const capturable = 'CARD';

/** Captures a hold (`POST /capture/v1/Transaction/Deposit`, recorded in the test environment): a card's, and the whole amount. */
export function createCapture(account: Account): MoneyOperation<IzipayRecord> {
  return {
    plan(record, amount, moves) {
      if (moves.some(({ kind }) => kind === 'cancel')) throw refuseState('capture', { outcome: 'reversed' }, 'authorized');
      if (record.outcome !== 'authorized') throw refuseState('capture', record, 'authorized');
      if (amount !== record.held) throw refuse('Izipay captures the whole amount of a hold only. Leave `amount` out.');
      if (requireNumbers('capture', record.known).payMethod !== capturable)
        throw refuse("Izipay's captures are known for cards only. Capture this hold in Izipay's panel.");
      return 'Deposit';
    },
    async send(context) {
      const payment = requireNumbers('capture', readKnownPayment(context.payment));
      const body = buildMoneyBody(path, account, payment, { datetimeTerminalTransaction: formatMoment(payment.paidAt) });
      return readMoveResult('capture', await callTransaction(account, context, { path, body, movesMoney: true }), 'uniqueId');
    },
  };
}

function refuse(instead: string): OperationNotSupported {
  return new OperationNotSupported('izipay', 'capture', instead);
}
