import { createQrPicture } from './qr.js';
import type { PaymentAttempt } from './transaction.js';
import { chargedStates, type FlexMethod, type PlayedState } from './types.js';

type Fields = Readonly<Record<string, unknown>>;

/** Peru's distance from UTC, in milliseconds. */
const limaOffset = -5 * 60 * 60 * 1000;

const result = (code: string, description: string) => ({ result_message: { code, description } });

/** Creates the `processor_response` of a payment, with the fields that the documentation shows for its method and state. */
export function createProcessorResponse(payment: PaymentAttempt, state: PlayedState, now: number): Fields | null {
  if (state === 'EXTORNADO') return describeReversal(payment, now);
  if (chargedStates.includes(state)) return describeCharge(payment);
  if (state === 'DENEGADO') return result('51', 'Insufficient funds');
  if (payment.behaviour === 'invalid') return result('14', 'Invalid card number');
  return pendingResponses[payment.method]?.(payment) ?? null;
}

/** What a shopper needs to pay. Other methods have `null` while they are pending. */
const pendingResponses: Partial<Record<FlexMethod, (payment: PaymentAttempt) => Fields>> = {
  QR: ({ id }) => ({ qr_id: id, qr_image: createQrPicture(id), ...result('0', 'Success') }),
  PAGOEFECTIVO: ({ id }) => ({
    cip: readCip(id),
    cip_url: `https://cip.example.com/${readCip(id)}`,
    ...result('100', 'Solicitud exitosa'),
  }),
};

function describeCharge({ id, method, createdAt }: PaymentAttempt): Fields {
  const responses: Partial<Record<FlexMethod, Fields>> = {
    PAGOEFECTIVO: { payment_date: `${formatLima(createdAt)}-05:00`, cip: readCip(id), operationNumber: id.slice(-7) },
    BANK_TRANSFER: { origin_account: '****1234', request_id: id, operation_id: id.slice(-7) },
    CUOTEALO: { credit_status: 'APPROVED', operation_id: `${id.slice(0, 6)}_${id.slice(-6)}` },
  };
  return responses[method] ?? describeApproval(id, createdAt);
}

function describeApproval(id: string, createdAt: number): Fields {
  const approved = result('00', 'Approval and completed successfully');
  return { authorization_code: id.slice(-6), brand_transaction_id: id.slice(0, 4), date: formatProcessorDate(createdAt), ...approved };
}

function describeReversal({ id }: PaymentAttempt, now: number): Fields {
  const approved = result('00', 'Aprobado');
  return { reverse_date: formatProcessorDate(now), reverse_code: `T${id.slice(-5)}`, brand_transaction_id: id.slice(0, 4), ...approved };
}

const readCip = (id: string) => id.slice(-8);

/** Formats a time as `17-01-2024 12:27:46`, in Lima's time. */
function formatProcessorDate(ms: number): string {
  return formatLima(ms).replace(/^(\d+)-(\d+)-(\d+)T/, '$3-$2-$1 ');
}

/** Formats a time as the clocks in Lima show it, in ISO 8601 without an offset. */
function formatLima(ms: number): string {
  return new Date(ms + limaOffset).toISOString().slice(0, 19);
}
