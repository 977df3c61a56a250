import * as z from 'zod/mini';
import { isRecord } from '../../../shared/schema.js';
import { decodeBase64 } from '../../../server/base64.js';
import { verifyHmac } from '../../../server/digests.js';
import { lowerFirstLetters } from '../contract.js';

/** The fields that count in the form's report and in a notification: the signed text, and its signature. */
export const reportedResult = z.lazy(() =>
  z.pipe(
    z.transform((input) => (isRecord(input) ? lowerFirstLetters(input) : input)),
    z.object({ payloadHttp: z.nullish(z.string()), signature: z.nullish(z.string()), code: z.optional(z.unknown()) }),
  ),
);

/** One payment of a signed result. A field that Izipay did not send, or sent in a shape that we do not know, is empty. */
export type SignedPayment = z.infer<typeof paymentSchema>;

/** What Izipay signed. */
export interface SignedResult extends Pick<z.infer<typeof responseSchema>, 'payMethod' | 'card' | 'token'> {
  readonly code: string;
  /** Ours: the backend created it for the token. */
  readonly transactionId: string;
  readonly action: string;
  readonly merchantCode: string;
  readonly payments: readonly SignedPayment[];
}

/** A text or number of at most 100 characters. Anything else is read as empty, because an odd field must not lose a payment. */
const text = () =>
  z.catch(
    z.pipe(
      z.union([z.number(), z.string().check(z.maxLength(100))]),
      z.transform((value) => String(value).trim()),
    ),
    '',
  );

/** An object whose fields are all empty if it is missing. */
function part<Shape extends z.core.$ZodShape>(shape: Shape) {
  const schema = z.object(shape);
  return z.catch(schema, () => z.parse(schema, {}));
}

/** The fields of `response.order` that we read (documentation, "Validación de firma"). `processType` is in no document. */
const paymentSchema = z.lazy(() =>
  part({
    ...{ orderNumber: text(), uniqueId: text(), referenceNumber: text(), codeAuth: text(), amount: text(), currency: text() },
    ...{ stateMessage: text(), payMethodAuthorization: text(), installment: text(), dateTransaction: text(), timeTransaction: text() },
    processType: text(),
  }),
);

const responseSchema = z.lazy(() =>
  part({
    payMethod: text(),
    card: part({ brand: text(), pan: text(), save: z.optional(z.unknown()) }),
    token: part({ cardToken: text(), merchantBuyerId: text() }),
    merchant: part({ merchantCode: text() }),
    merchantCode: text(),
  }),
);

const resultSchema = z.lazy(() =>
  z.object({
    // Any other shape is no code that we know.
    code: z.catch(z.string(), ''),
    transactionId: text(),
    action: text(),
    response: z.catch(z.record(z.string(), z.unknown()), {}),
  }),
);

/**
 * Verifies the signature, which is the HMAC-SHA256 of the unchanged text in base64 (documentation, "Validación de firma"), with any of
 * the keys, and parses the text.
 */
export async function readSignedResult(
  payloadHttp: string,
  signature: string,
  hashKeys: readonly string[],
): Promise<{ isSigned: boolean; result?: SignedResult }> {
  const mac = decodeBase64(signature);
  const checks = mac ? hashKeys.map((key) => verifyHmac(mac, key, payloadHttp)) : [];
  const isSigned = (await Promise.all(checks)).includes(true);
  return { isSigned, ...(isSigned && { result: parseResult(payloadHttp) }) };
}

/** Parses the text of a result. */
export function parseResult(json: string): SignedResult | undefined {
  const { data } = resultSchema.safeParse(parseJson(json));
  if (!data) return undefined;
  const { response, ...result } = data;
  const { merchant, merchantCode, ...fields } = z.parse(responseSchema, response);
  const payments = listPayments(response).map((one) => z.parse(paymentSchema, one));
  return { ...result, ...fields, merchantCode: merchant.merchantCode || merchantCode, payments };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json, (_, value: unknown) => (isRecord(value) ? lowerFirstLetters(value) : value));
  } catch {
    return undefined;
  }
}

/** `order` is a list, or one object. An older response, recorded in the test environment, has the fields of the payment itself. */
function listPayments(response: Record<string, unknown>): unknown[] {
  const { order } = response;
  if (Array.isArray(order)) return order;
  if (isRecord(order)) return [order];
  return response.orderNumber === undefined ? [] : [response];
}
