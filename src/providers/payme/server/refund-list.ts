import * as z from 'zod/mini';
import { isRecord } from '../../../shared/schema.js';
import type { ListedRefund } from '../../../server/operations/provider-operations.js';
import type { RefundState } from '../../../server/payment.js';
import { Problem } from '../../../server/problem.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { apiVersion, hosts } from '../contract.js';
import { createBearerGrant, type Account } from './calls.js';

const textOrNumber = () => z.nullish(z.union([z.string(), z.number()]));

/** The fields of a refund in Pay-me's answers that matter here (documentation, "Devoluciones"). */
export const refundFields = {
  refund_id: textOrNumber(),
  state: z.optional(z.unknown()),
  merchant_operation_number: textOrNumber(),
  additional_fields: z.optional(z.unknown()),
};

/** The sum of the refunds decides how much may be returned, so an amount that cannot be read fails the whole list. */
const refund = () =>
  z.looseObject({ ...refundFields, refund_amount: z.union([z.int(), z.string().check(z.regex(/^\d+$/, 'should be digits'))]) });
type Refund = z.infer<ReturnType<typeof refund>>;

const refundList = z.lazy(() =>
  z.pipe(
    z.transform((input: unknown) => (isUnknownOperation(input) ? { operations: [] } : input)),
    z.looseObject({ operations: z.array(refund()) }),
  ),
);
type RefundList = z.infer<typeof refundList>;

/** `05`: there is no such order (documentation, `meta.status.code`). It is accepted beside a 404 and an empty list. */
function isUnknownOperation(input: unknown): boolean {
  const { operations, meta } = Object(input) as { operations?: unknown; meta?: { status?: { code?: unknown } } };
  return (operations ?? null) === null && meta?.status?.code === '05';
}

/**
 * Requests all refunds of an operation, also those that were made in Pay-me's panel.
 *
 * @returns `undefined` if Pay-me refuses the list with 403: the scope that it needs is documented nowhere
 * @throws {Problem} `upstream-…`
 */
export async function fetchRefunds(
  account: Account,
  operation: string,
  { send, withBearer }: ProviderContext,
): Promise<readonly ListedRefund[] | undefined> {
  try {
    const { operations } = await withBearer(createBearerGrant(account), (bearer) => send(createListCall(account, operation, bearer)));
    return operations.filter((one) => isOfOperation(one, operation)).map(toListedRefund);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'upstream-absent') return [];
    if (error instanceof Problem && error.kind === 'upstream-scope') return undefined;
    throw error;
  }
}

/** Creates the call `GET /refund/{merchant_code}/{merchant_operation_number}` (documentation, "Consultar devoluciones"). */
function createListCall({ environment, merchantCode }: Account, operation: string, bearer: string): UpstreamCall<RefundList> {
  return {
    name: 'Pay-me GET /refund',
    method: 'GET',
    url: `${hosts[environment].api}/refund/${encodeURIComponent(merchantCode)}/${operation}`,
    headers: { 'Content-Type': 'application/json', 'ALG-API-VERSION': apiVersion, Authorization: `Bearer ${bearer}` },
    responseSchema: refundList,
  };
}

/** Whether a refund belongs to the operation. One that does not name its operation does. */
export function isOfOperation(
  { merchant_operation_number: number }: Pick<Refund, 'merchant_operation_number'>,
  operation: string,
): boolean {
  return (number ?? null) === null || String(number) === operation;
}

function toListedRefund({ refund_id: id, state, refund_amount: amount, additional_fields: fields }: Refund): ListedRefund {
  const key = readKey(fields);
  return {
    ...((id ?? null) !== null && { id: String(id) }),
    ...(key !== undefined && { key }),
    amount: Number(amount),
    state: readRefundState(state),
  };
}

/** Reads the merchant's key of a refund, which `POST /refund` stores in the fields that Pay-me returns unchanged. */
export function readKey(fields: unknown): string | undefined {
  return isRecord(fields) && typeof fields.key === 'string' ? fields.key : undefined;
}

/**
 * Reads the state of a refund (documentation, "Devoluciones"). `REGISTERED` says only that Pay-me received it, and `IN_PROCESS` that it is
 * under way. Any other word is undecided as well.
 */
export function readRefundState(state: unknown): RefundState {
  if (state === 'RESOLVED') return 'done';
  return state === 'REJECTED' ? 'rejected' : 'asked';
}
