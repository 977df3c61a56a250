import { asObject, asText, refuseUnless, type Json } from '../http.js';
import { requireScopes, type Call } from './account.js';
import { addRefund, describeRefund, readRefundState, type PlayedRefund } from './played-refund.js';
import { meta } from './responses.js';
import type { Operation } from './transaction.js';

interface RequestedRefund extends Pick<PlayedRefund, 'type' | 'amount' | 'additionalFields'> {
  readonly number: string;
}

/**
 * `POST /refund`. A repeated request refunds twice, because Pay-me has no idempotency key, and together they may return more than was paid,
 * because a limit is documented nowhere.
 *
 * @throws {TypeError} for the fault `lost`, as `fetch` does when the connection breaks
 */
export function requestRefunds(call: Call): Json {
  // Its scope is documented nowhere, so any bearer will do.
  requireScopes(call, []);
  const { operations: list } = call.body;
  const requested = Array.isArray(list) ? list.map(readRequest) : [];
  if (requested.length === 0 || requested.includes(undefined)) return answer(call, [], '06');
  const found = requested.flatMap((request) => findRequested(call, request));
  if (found.length < requested.length) return answer(call, [], '05');
  const now = call.account.settings.now();
  const made = found.map(({ operation, ...refund }) => ({ operation, refund: addRefund(operation, refund, now) }));
  if (call.fault === 'lost') throw new TypeError('Failed to fetch');
  const isRejected = made.some(({ refund }) => readRefundState(refund) === 'REJECTED');
  return answer(call, made, isRejected ? '01' : '00');
}

/** `GET /refund/{merchant_code}/{merchant_operation_number}`. */
export function listRefunds(call: Call): Json {
  requireScopes(call, []);
  const operation = call.account.operations.get(call.path.join('/'));
  refuseUnless(operation, 404, 'There is no such operation.');
  return answer(
    call,
    operation.refunds.map((refund) => ({ operation, refund })),
    '00',
  );
}

function readRequest(requested: unknown): RequestedRefund | undefined {
  const { type, merchant_operation_number: number, refund_amount: amount, additional_fields = null } = asObject(requested) ?? {};
  if ((type !== 'TOTAL' && type !== 'PARTIAL') || !/^[1-9]\d*$/.test(asText(amount))) return undefined;
  return { type, number: asText(number), amount: asText(amount), additionalFields: additional_fields };
}

function findRequested({ account, body }: Call, request: RequestedRefund | undefined) {
  const operation = request && account.operations.get(`${asText(body.merchant_code)}/${request.number}`);
  if (!operation) return [];
  const { type, amount, additionalFields } = request;
  return [{ operation, type, amount, additionalFields }];
}

interface MadeRefund {
  readonly operation: Operation;
  readonly refund: PlayedRefund;
}

const texts: Readonly<Record<string, string>> = {
  '00': 'Procesado',
  '01': 'Operaciones rechazadas',
  '05': 'Orden no encontrada',
  '06': 'Datos enviados incorrectamente',
};

/** Creates the answer. Its `success` and `meta` say nothing of a single refund. */
function answer({ account, body, path }: Call, made: readonly MadeRefund[], code: string): Json {
  const now = account.settings.now();
  return {
    success: code === '00' || code === '01' ? 'true' : 'false',
    action: 'refund',
    merchant_code: body.merchant_code ?? path[0],
    operations: made.map(({ operation, refund }) => describeRefund(operation, refund, now)),
    meta: meta(texts[code] ?? code, code),
  };
}
