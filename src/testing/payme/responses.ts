import { json, type Refusal } from '../http.js';
import type { FlexStatus } from './types.js';

/** `meta` as every answer of Pay-me carries it. */
export function meta(value: string, code = '00'): FlexStatus {
  return { status: { code, message_ilgn: [{ locale: 'es_PE', value }] } };
}

/** No error body is published; `message` and `meta.status` are what its plugin reads. */
export function refuse({ status, message }: Refusal): Response {
  return json({ success: false, message, meta: meta(message, String(status)) }, status);
}
