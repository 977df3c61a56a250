import * as z from 'zod/mini';

/** A transaction of Lyra's. A field that Lyra did not send, or sent in a shape that we do not know, is absent. */
export type Transaction = z.infer<typeof transactionSchema>;

/** What Lyra says about the order of a transaction. */
export type OrderDetails = z.infer<typeof orderDetailsSchema>;

/** A text of at most 200 characters. Anything else is read as absent, because an odd field must not lose a payment. */
export const text = () => z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined);

/** An integer, of minor units for an amount. */
const integer = () => z.catch(z.optional(z.int()), undefined);

/** An object, which is absent if it has another shape. */
export const optionalObject = <Shape extends z.core.$ZodShape>(shape: Shape) => z.catch(z.optional(z.object(shape)), undefined);

/** The fields of `orderDetails` that we read (Lyra's PHP client, tests). */
export const orderDetailsSchema = z.lazy(() =>
  z.object({
    ...{ orderId: text(), orderTotalAmount: integer(), orderCurrency: text() },
    /** `TEST` or `PRODUCTION`. */
    mode: text(),
  }),
);

const cardDetails = () =>
  optionalObject({
    ...{ effectiveBrand: text(), pan: text(), manualValidation: text(), expectedCaptureDate: text(), legacyTransId: text() },
    installmentNumber: integer(),
    authorizationResponse: optionalObject({ amount: integer(), currency: text(), authorizationNumber: text(), authorizationDate: text() }),
    captureResponse: optionalObject({ refundAmount: integer(), refundCurrency: text(), captureDate: text() }),
  });

/** The fields of `V4/PaymentTransaction` that we read (Lyra's PHP client, tests). */
export const transactionSchema = z.lazy(() =>
  z.object({
    ...{ shopId: text(), uuid: text(), amount: integer(), currency: text(), creationDate: text() },
    ...{ paymentMethodType: text(), paymentMethodToken: text(), errorCode: text(), detailedErrorCode: text() },
    ...{ status: text(), detailedStatus: text(), operationType: text() },
    /** Answers to queries have it. A signed answer has it once for all its transactions. */
    orderDetails: z.catch(z.optional(orderDetailsSchema), undefined),
    transactionDetails: optionalObject({
      ...{ sequenceNumber: integer(), parentTransactionUuid: text() },
      ...{ effectiveAmount: integer(), effectiveCurrency: text(), cardDetails: cardDetails() },
    }),
  }),
);

/** The answer to `Order/Get` (type `V4/OrderTransactions`). */
export const orderTransactions = z.lazy(() => z.object({ transactions: z.array(transactionSchema) }));
