import * as z from 'zod/mini';
import { isHmac } from '../../server/digests.js';
import type { Order } from '../../server/order.js';
import type { ConfirmedOutcome } from '../../wire.js';
import { approved, undecided } from './contract.js';
import type { IzipayOptions } from './server-calls.js';
import { amountOf } from './server-config.js';
import { isOrderNumberOf } from './server-order-number.js';

/** What the form reported, as far as it is believed: the signed text, and its signature. */
export const reported = z.lazy(() => z.object({ payloadHttp: z.nullish(z.string()), signature: z.nullish(z.string()) }));

const money = () => z.union([z.number(), z.string().check(z.regex(/^\d+(\.\d{1,2})?$/, 'should be an amount'))]);

/** What `payloadHttp` says, as far as we read it (documentation, "Validación de firma"). */
const payload = z.lazy(() =>
  z.object({
    code: z.string(),
    response: z.optional(
      z.object({
        order: z.optional(z.array(z.object({ orderNumber: z.string(), amount: money(), currency: z.string() }))),
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
export async function outcomeOf(result: z.infer<typeof reported>, account: IzipayOptions, order: Order): Promise<ConfirmedOutcome> {
  const { payloadHttp, signature } = result;
  if (!payloadHttp || !signature) return 'pending';
  if (!(await isSigned(payloadHttp, signature, account.hashKey))) return 'declined';
  const said = readPayload(payloadHttp);
  if (!said || undecided.includes(said.code)) return 'pending';
  if (said.code !== approved) return 'declined';
  // Izipay signed for a payment, but not of what the merchant's record says: a person must look, and nobody may be told to pay again.
  return (await isForOrder(said, account, order)) ? 'paid' : 'pending';
}

/** HMAC-SHA256 in base64 over the text just as it came (documentation, "Validación de firma"). */
async function isSigned(text: string, signature: string, key: string): Promise<boolean> {
  const mac = bytesOf(signature);
  return mac !== undefined && isHmac(mac, key, text);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function readPayload(text: string): Payload | undefined {
  try {
    return payload.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function isForOrder({ response }: Payload, { merchantCode, hashKey }: IzipayOptions, order: Order): Promise<boolean> {
  const payments = response?.order ?? [];
  const merchant = response?.merchant?.merchantCode ?? merchantCode;
  if (merchant !== merchantCode || payments.length === 0) return false;
  if (!payments.every((payment) => Number(payment.amount) === Number(amountOf(order)) && payment.currency === order.currency)) return false;
  const ours = payments.map(({ orderNumber }) => isOrderNumberOf(orderNumber, hashKey, order.reference));
  return (await Promise.all(ours)).every(Boolean);
}
