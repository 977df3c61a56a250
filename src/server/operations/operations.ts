import type { PayEndpointsOptions } from '../endpoints-options.js';
import type { ReportOutcome } from '../payment-outcome.js';
import type { RequestContexts } from '../request-contexts.js';
import { chargeCard } from './charge-card.js';
import type { Ledger } from './ledger.js';
import { parseMoveRequest } from './operation-input.js';
import type { PayOperations } from './operation-types.js';
import { createPaymentRunner, type PaymentTools } from './payment-tools.js';
import { describeStatus, listRefunds, readRecord } from './payment-status.js';
import type { MoneyOperation } from './provider-operations.js';
import { runMove, type MoveRequest } from './run-move.js';
import { readSettlement } from './settle.js';

interface OperationDependencies {
  readonly contexts: RequestContexts;
  readonly reportOutcome: ReportOutcome;
  readonly ledger: Ledger;
  readonly options: Pick<PayEndpointsOptions, 'orderByReference' | 'onEvent'>;
}

/** The key of a cancellation. A payment has one at most, so the merchant names none. */
const cancelKey = 'cancel';

/** Creates the functions that query, settle, cancel, refund, capture and charge. */
export function createOperations({ contexts, reportOutcome, ledger, options }: OperationDependencies): PayOperations {
  const { onEvent } = options;
  const run = createPaymentRunner(contexts, ledger, onEvent);
  return {
    query: (payment) => run('query', payment, describePayment),
    async settle(payment) {
      const settlement = await run('settle', payment, (tools) => readSettlement(tools, options));
      // `onOutcome` may call operations on the same payment, so they are not locked any more.
      return (await reportOutcome(...settlement)).payment;
    },
    cancel: ({ payment }) =>
      run('cancel', payment, (tools) => moveMoney(tools, { kind: 'cancel', key: cancelKey }).then(() => describePayment(tools))),
    async capture({ payment, ...request }) {
      const move = { kind: 'capture', ...parseMoveRequest('capture', request) } as const;
      return run('capture', payment, (tools) => moveMoney(tools, move).then(() => describePayment(tools)));
    },
    async refund({ payment, ...request }) {
      const move = { kind: 'refund', ...parseMoveRequest('refund', request) } as const;
      return run('refund', payment, (tools) => moveMoney(tools, move).then(() => describeRefunds(tools)));
    },
    charge: (request) => chargeCard(request, { contexts, reportOutcome, ledger, ...(onEvent && { onEvent }) }),
  };
}

function moveMoney(tools: PaymentTools, request: MoveRequest): Promise<void> {
  return runMove(request, { ...tools, operation: tools.operations[request.kind] as MoneyOperation });
}

async function describePayment(tools: PaymentTools) {
  return describeStatus(tools.payment, await readRecord(tools));
}

/** Once the refund is sent, a failing query must not make it look as if it was not. */
async function describeRefunds(tools: PaymentTools) {
  const { payment, log } = tools;
  try {
    const { payment: current, refunds } = await describePayment(tools);
    return { payment: current, refunds };
  } catch {
    const moves = (await log.read()).map(({ move }) => move);
    return { payment, refunds: listRefunds(moves, []) };
  }
}
