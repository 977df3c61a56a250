import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { ReceiveContext, ReportedPayment } from '../../../server/provider.js';
import type { IzipayOptions } from './token-call.js';
import { areForOrder, verifySignature, reportedResult } from './verify-result.js';

/**
 * Whether it is Izipay that tells it, and of which order. Its notification (documentation, "Notificaciones") and the form that a
 * browser posts when it comes back hold the same two fields as the result in the page. The order is named by the address, which
 * anybody can write: the order number in the signed text must have been made for it.
 *
 * @throws {Problem} `forged`, `refused`
 */
export async function receiveNotification({ hashKey }: IzipayOptions, { message }: ReceiveContext): Promise<ReportedPayment> {
  const { reference, content: body } = message;
  const { payloadHttp, signature } = check('request', reportedResult, body, 'The notification');
  // Where nobody has escaped the plus signs of base64, a form has spaces for them.
  const mac = signature?.replaceAll(' ', '+') ?? '';
  const { isSigned, said } = await verifySignature(payloadHttp ?? '', mac, hashKey);
  if (!isSigned) throw new Problem('forged', 'The signature of the notification is not that of Izipay.');
  const payments = said?.response?.order ?? [];
  if (reference === undefined || payments.length === 0) throw new Problem('refused', 'The notification names no order of ours.');
  if (!(await areForOrder(reference, payments, hashKey)))
    throw new Problem('forged', 'The notification is of another order than its address.');
  return { reference, result: { provider: 'izipay', raw: { payloadHttp, signature: mac } } };
}
