import * as z from 'zod/mini';
import { fromBase64 } from '../../../server/base64.js';
import { isHmac } from '../../../server/digests.js';
import type { Order } from '../../../server/order.js';
import type { Verdict } from '../../../server/provider.js';
import { approvedCode, undecidedCodes } from '../contract.js';
import type { IzipayOptions } from './calls.js';
import { amountOf } from './config.js';
import { isOrderNumberOf } from './order-number.js';

/** What the form reported, as far as it is believed: the signed text, and its signature. */
export const reported = z.lazy(() => z.object({ payloadHttp: z.nullish(z.string()), signature: z.nullish(z.string()) }));

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
export async function verdictOn(result: z.infer<typeof reported>, account: IzipayOptions, order: Order): Promise<Verdict> {
  const { payloadHttp, signature } = result;
  if (!payloadHttp || !signature) return { outcome: 'pending' };
  const { isSigned, said } = await readSigned(payloadHttp, signature, account.hashKey);
  if (!isSigned) return { outcome: 'forged', reason: 'signature' };
  if (!said) return { outcome: 'pending' };
  const reference = said.response?.order?.[0]?.uniqueId || said.transactionId;
  return { ...(await judge(said, account, order)), ...(reference && { reference }) };
}

/** Izipay may have signed for a payment, but not for what the merchant's record says. */
async function judge(said: Payload, account: IzipayOptions, order: Order): Promise<Verdict> {
  const payments = said.response?.order ?? [];
  if (!isOurs(said, account) || !(await areFor(order.reference, payments, account.hashKey))) return { outcome: 'forged', reason: 'order' };
  if (undecidedCodes.includes(said.code)) return { outcome: 'pending' };
  if (said.code !== approvedCode) return { outcome: 'declined' };
  if (payments.length === 0) return { outcome: 'pending' };
  const isPrice = payments.every(({ amount, currency }) => Number(amount) === Number(amountOf(order)) && currency === order.currency);
  return isPrice ? { outcome: 'paid' } : { outcome: 'forged', reason: 'price' };
}

function isOurs({ response }: Payload, { merchantCode }: IzipayOptions): boolean {
  return (response?.merchant?.merchantCode ?? merchantCode) === merchantCode;
}

/** Whether all of them were made for that order. */
export async function areFor(reference: string, payments: readonly { orderNumber: string }[], hashKey: string): Promise<boolean> {
  const found = payments.map(({ orderNumber }) => isOrderNumberOf(orderNumber, hashKey, reference));
  return (await Promise.all(found)).every(Boolean);
}

/** What Izipay signed, as far as it can be read: HMAC-SHA256 in base64 over the text just as it came (documentation, "Validación de firma"). */
export async function readSigned(text: string, signature: string, hashKey: string): Promise<{ isSigned: boolean; said?: Payload }> {
  const mac = fromBase64(signature);
  const isSigned = mac !== undefined && (await isHmac(mac, hashKey, text));
  return { isSigned, ...(isSigned && { said: readPayload(text) }) };
}

function readPayload(text: string): Payload | undefined {
  try {
    return payload.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
