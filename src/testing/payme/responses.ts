import { json, type Refusal } from '../http.js';
import type { FlexStatus } from './types.js';

/** Creates the `meta` of every Pay-me response. */
export function meta(value: string, code = '00'): FlexStatus {
  return { status: { code, message_ilgn: [{ locale: 'es_PE', value }] } };
}

/** Pay-me publishes no error body. Its plugin reads `message` and `meta.status`. */
export function refuse({ status, message }: Refusal): Response {
  return json({ success: false, message, meta: meta(message, String(status)) }, status);
}
