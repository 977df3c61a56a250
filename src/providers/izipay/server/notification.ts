import { restorePluses } from '../../../server/base64.js';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { ReceiveContext, ReportedPayment } from '../../../server/provider.js';
import type { IzipayOptions } from './token-call.js';
import { areForOrder, readSignedPayload, reportedResult } from './verify-result.js';

/**
 * Verifies that Izipay signed the message, and finds its order. A notification (documentation, "Notificaciones") and the form of
 * a returning browser have the same two fields as the result in the page. The URL names the order, and anyone can forge it, so
 * the signed order number must have been made for that order.
 *
 * @throws {Problem} `forged`, `refused`
 */
export async function receiveNotification({ hashKey }: IzipayOptions, { message }: ReceiveContext): Promise<ReportedPayment> {
  const { reference, content } = message;
  const { payloadHttp, signature } = check('request', reportedResult, content, 'The notification');
  const mac = restorePluses(signature ?? '');
  const { isSigned, payload } = await readSignedPayload(payloadHttp ?? '', mac, hashKey);
  if (!isSigned) throw new Problem('forged', 'The notification does not have a valid signature of Izipay.');
  const payments = payload?.response?.order ?? [];
  if (reference === undefined || payments.length === 0) throw new Problem('refused', 'The notification names no order.');
  if (!(await areForOrder(reference, payments, hashKey)))
    throw new Problem('forged', 'The notification is for another order than its URL.');
  return { reference, result: { provider: 'izipay', raw: { payloadHttp, signature: mac } } };
}
