import * as z from 'zod/mini';
import { decodeBase64 } from '../../../server/base64.js';
import { verifyHmac } from '../../../server/digests.js';
import type { Order } from '../../../server/order.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { approved, undecided } from '../contract.js';
import type { IzipayOptions } from './token-call.js';
import { formatAmount } from './build-config.js';
import { isOrderNumberFor } from './order-number.js';

/** What the form reported, as far as it is believed: the signed text, and its signature. */
export const reportedResult = z.lazy(() => z.object({ payloadHttp: z.nullish(z.string()), signature: z.nullish(z.string()) }));

const money = () => z.union([z.number(), z.string().check(z.regex(/^\d+(\.\d{1,2})?$/, 'should be an amount'))]);

/** What `payloadHttp` says, as far as we read it (documentation, "Validación de firma"). */
const payload = z.lazy(() =>
  z.object({
    code: z.string(),
    transactionId: z.nullish(z.string()),
    response: z.optional(
      z.object({
        order: z.optional(
          z.array(z.object({ orderNumber: z.string(), amount: money(), currency: z.string(), uniqueId: z.nullish(z.string()) })),
        ),
        merchant: z.optional(z.object({ merchantCode: z.optional(z.string()) })),
      }),
    ),
  }),
);

type Payload = z.infer<typeof payload>;

/**
 * What came of the payment, by the text that Izipay signed. Nothing else that the page says counts, its `code` included.
 * *Pending* where there is no signature, or what was signed cannot be read: money may have moved.
 */
export async function verifyResult(result: z.infer<typeof reportedResult>, account: IzipayOptions, order: Order): Promise<VerifiedOutcome> {
  const { payloadHttp, signature } = result;
  if (!payloadHttp || !signature) return { outcome: 'pending' };
  const { isSigned, said } = await verifySignature(payloadHttp, signature, account.hashKey);
  if (!isSigned) return { outcome: 'forged', reason: 'signature' };
  if (!said) return { outcome: 'pending' };
  const reference = said.response?.order?.[0]?.uniqueId || said.transactionId;
  return { ...(await decideOutcome(said, account, order)), ...(reference && { reference }) };
}

/** Izipay may have signed for a payment, but not for what the merchant's record says. */
async function decideOutcome(said: Payload, account: IzipayOptions, order: Order): Promise<VerifiedOutcome> {
  const payments = said.response?.order ?? [];
  if (!isForMerchant(said, account) || !(await areForOrder(order.reference, payments, account.hashKey)))
    return { outcome: 'forged', reason: 'order' };
  if (undecided.includes(said.code)) return { outcome: 'pending' };
  if (said.code !== approved) return { outcome: 'declined' };
  if (payments.length === 0) return { outcome: 'pending' };
  const isPrice = payments.every(({ amount, currency }) => Number(amount) === Number(formatAmount(order)) && currency === order.currency);
  return isPrice ? { outcome: 'paid' } : { outcome: 'forged', reason: 'price' };
}

function isForMerchant({ response }: Payload, { merchantCode }: IzipayOptions): boolean {
  return (response?.merchant?.merchantCode ?? merchantCode) === merchantCode;
}

/** Whether all of them were made for that order. */
export async function areForOrder(reference: string, payments: readonly { orderNumber: string }[], hashKey: string): Promise<boolean> {
  const found = payments.map(({ orderNumber }) => isOrderNumberFor(orderNumber, hashKey, reference));
  return (await Promise.all(found)).every(Boolean);
}

/** What Izipay signed, as far as it can be read: HMAC-SHA256 in base64 over the text just as it came (documentation, "Validación de firma"). */
export async function verifySignature(text: string, signature: string, hashKey: string): Promise<{ isSigned: boolean; said?: Payload }> {
  const mac = decodeBase64(signature);
  const isSigned = mac !== undefined && (await verifyHmac(mac, hashKey, text));
  return { isSigned, ...(isSigned && { said: parsePayload(text) }) };
}

function parsePayload(text: string): Payload | undefined {
  try {
    return payload.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
