import { formFields } from '../../providers/payroc/contract.js';
import { createCardNumberError } from '../cards.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { findFieldKind, type FieldKind } from './field-kinds.js';
import { selectText } from './fill-in.js';
import { GatewayClient } from './gateway-client.js';

/** Sends the requests of the library and its fields, from `initialize()` until a card payment is reported. */
export async function pay({ fetch, token, card }: CardPayment): Promise<PaymentReport> {
  const client = new GatewayClient(fetch, token);
  const configuration = await client.requestConfiguration();
  if ('type' in configuration) throw new Error(configuration.message);
  for (const field of formFields.card) {
    const kind = findFieldKind(field);
    if (kind) await client.sendField(field, formatValue(kind, selectText(field, card)));
  }
  const reported = await client.createSingleUseToken();
  return { reported, outcome: { status: 'succeeded', singleUseToken: reported.token, raw: reported } };
}

/** Formats a value as the field does, and throws if the field would reject it. */
function formatValue({ format, findError }: FieldKind, text: string): string {
  const value = format?.(text) ?? text;
  if (findError(value)) throw createCardNumberError();
  return value;
}
