import * as z from 'zod/mini';
import { isRecord } from '../../../shared/schema.js';
import { nonEmptyString } from '../../../shared/zod-schemas.js';

/** Responses hold amounts and currencies as numbers or as digits. Anything else cannot be compared safely. */
const digits = () => z.union([z.int(), z.string().check(z.regex(/^\d+$/, 'should be digits'))]);

const transaction = () =>
  z.looseObject({
    transaction_id: z.union([z.number(), z.string()]),
    state: z.optional(z.unknown()),
    amount: z.nullish(digits()),
    currency: z.nullish(digits()),
  });

const charge = () =>
  z.looseObject({
    merchant_code: nonEmptyString(),
    operation: z.looseObject({
      merchant_operation_number: digits(),
      state: z.optional(z.unknown()),
      amount: digits(),
      currency: digits(),
      transactions: z.array(transaction()),
    }),
  });

/**
 * Reads the response to `GET /charges/…`; `null` if Pay-me does not know the charge. The schema requires only what decides the outcome.
 * All other fields are kept as they are, so that a receipt's field in another shape does not cost a payment.
 */
export const chargeResponse = z.lazy(() =>
  z.pipe(
    z.transform((input: unknown) => (isUnknownCharge(input) ? null : (input ?? undefined))),
    z.nullable(charge()),
  ),
);

/** Pay-me does not document its answer about an unknown operation, so this is accepted beside a 404. */
function isUnknownCharge(input: unknown): boolean {
  return isRecord(input) && String(input.success) === 'false' && (input.operation ?? null) === null;
}

/** Pay-me's own record of an operation, with one or more of its transactions. */
export type Charge = z.infer<ReturnType<typeof charge>>;
/** One try of the shopper to pay an operation. */
export type Transaction = Charge['operation']['transactions'][number];

export function findTransaction({ operation }: Charge, id: string): Transaction | undefined {
  return operation.transactions.find(({ transaction_id }) => String(transaction_id) === id);
}
