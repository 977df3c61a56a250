import * as z from 'zod/mini';
import { decodeBase64 } from '../../../server/base64.js';
import { verifyHmac } from '../../../server/digests.js';
import type { Order } from '../../../server/order.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { approvedCode, undecidedCodes } from '../contract.js';
import type { IzipayOptions } from './token-call.js';
import { formatAmount } from './build-config.js';
import { isOrderNumberFor } from './order-number.js';

/** The fields that count in the form's report: the signed text, and its signature. */
export const reportedResult = z.lazy(() => z.object({ payloadHttp: z.nullish(z.string()), signature: z.nullish(z.string()) }));

const money = () => z.union([z.number(), z.string().check(z.regex(/^\d+(\.\d{1,2})?$/, 'should be an amount'))]);

/** The fields of `payloadHttp` that we read (documentation, "Validación de firma"). */
const payloadSchema = z.lazy(() =>
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

type Payload = z.infer<typeof payloadSchema>;

/**
 * Decides the outcome by the text that Izipay signed. Nothing else in the page's report counts, not even its `code`. Without a
 * signature or a readable text, the outcome is *pending*, because money may have moved.
 */
export async function verifyResult(result: z.infer<typeof reportedResult>, account: IzipayOptions, order: Order): Promise<VerifiedOutcome> {
  const { payloadHttp, signature } = result;
  if (!payloadHttp || !signature) return { outcome: 'pending' };
  const { isSigned, payload } = await readSignedPayload(payloadHttp, signature, account.hashKey);
  if (!isSigned) return { outcome: 'forged', reason: 'signature' };
  if (!payload) return { outcome: 'pending' };
  const reference = payload.response?.order?.[0]?.uniqueId || payload.transactionId;
  return { ...(await decideOutcome(payload, account, order)), ...(reference && { reference }) };
}

/** A signed payment counts only if order, merchant, amount and currency match the merchant's records. */
async function decideOutcome(payload: Payload, account: IzipayOptions, order: Order): Promise<VerifiedOutcome> {
  const payments = payload.response?.order ?? [];
  if (!isForMerchant(payload, account) || !(await areForOrder(order.reference, payments, account.hashKey)))
    return { outcome: 'forged', reason: 'order' };
  if (undecidedCodes.includes(payload.code)) return { outcome: 'pending' };
  if (payload.code !== approvedCode) return { outcome: 'declined' };
  if (payments.length === 0) return { outcome: 'pending' };
  const isPrice = payments.every(({ amount, currency }) => Number(amount) === Number(formatAmount(order)) && currency === order.currency);
  return isPrice ? { outcome: 'paid' } : { outcome: 'forged', reason: 'price' };
}

function isForMerchant({ response }: Payload, { merchantCode }: IzipayOptions): boolean {
  return (response?.merchant?.merchantCode ?? merchantCode) === merchantCode;
}

/** Whether the order numbers of all payments were made for that order. */
export async function areForOrder(reference: string, payments: readonly { orderNumber: string }[], hashKey: string): Promise<boolean> {
  const checks = payments.map(({ orderNumber }) => isOrderNumberFor(orderNumber, hashKey, reference));
  return (await Promise.all(checks)).every(Boolean);
}

/**
 * Verifies the signature, which is the HMAC-SHA256 of the unchanged text in base64 (documentation, "Validación de firma"), and parses
 * the text.
 */
export async function readSignedPayload(
  text: string,
  signature: string,
  hashKey: string,
): Promise<{ isSigned: boolean; payload?: Payload }> {
  const mac = decodeBase64(signature);
  const isSigned = mac !== undefined && (await verifyHmac(mac, hashKey, text));
  return { isSigned, ...(isSigned && { payload: parsePayload(text) }) };
}

function parsePayload(text: string): Payload | undefined {
  try {
    return payloadSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
