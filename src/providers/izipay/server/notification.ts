import { restorePluses } from '../../../server/base64.js';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { ReceiveContext, ReportedPayment } from '../../../server/provider.js';
import { closedCode, isDeclined, isDenied, undecidedCodes } from '../contract.js';
import { readSignedResult, reportedResult, type SignedResult } from './signed-result.js';
import type { Account } from './token-call.js';
import { readResultPurpose } from './verify-result.js';

/** The codes of results that Izipay does not sign. */
const unsignedCodes = [...undecidedCodes, closedCode];

/**
 * Verifies that Izipay signed the message, and finds its order. A notification (documentation, "Notificaciones") and the form of
 * a returning browser have the same two fields as the result in the page. The URL names the order, and anyone can forge it, so
 * the signed order number must have been made for that order.
 *
 * @returns `undefined` for a message without a payment: a result that Izipay does not sign, or a decline that names no order
 * @throws {Problem} `forged`, `refused`
 */
export async function receiveNotification({ hashKeys }: Account, { message }: ReceiveContext): Promise<ReportedPayment | undefined> {
  const { reference, content } = message;
  const { payloadHttp, signature, code } = check('request', reportedResult, content, 'The notification');
  if (!payloadHttp || !signature) {
    if (unsignedCodes.includes(code)) return undefined;
    throw new Problem('forged', 'The notification is not signed.');
  }
  const mac = restorePluses(signature);
  const { isSigned, result } = await readSignedResult(payloadHttp, mac, hashKeys);
  if (!isSigned) throw new Problem('forged', 'The notification does not have a valid signature of Izipay.');
  if (reference === undefined || !result?.payments.some(({ orderNumber }) => orderNumber)) {
    if (result && reportsNoPayment(result)) return undefined;
    throw new Problem('refused', 'The notification names no order.');
  }
  if (!(await readResultPurpose(reference, result.payments, hashKeys)))
    throw new Problem('forged', 'The notification is for another order than its URL.');
  return { reference, result: { provider: 'izipay', raw: { payloadHttp, signature: mac } } };
}

/** Whether the result says that no money moved, or decides nothing: without its order, it changes nothing. */
function reportsNoPayment({ code, payments }: SignedResult): boolean {
  const denied = payments.some(({ stateMessage }) => isDenied(stateMessage));
  return unsignedCodes.includes(code) || isDeclined(code, denied);
}
