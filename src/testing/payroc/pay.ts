import { formFields } from '../../providers/payroc/contract.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { findFieldKind, type FieldKind } from './field-kinds.js';
import { selectText } from './fill-in.js';
import { GatewayClient } from './gateway-client.js';

/** What library and fields do from `initialize()` on until the success is told, where a shopper pays with a card. */
export async function pay({ fetch, token, card }: CardPayment): Promise<PaymentReport> {
  const client = new GatewayClient(fetch, token);
  const configuration = await client.configuration();
  if ('type' in configuration) throw new Error(configuration.message);
  for (const field of formFields.card) {
    const kind = findFieldKind(field);
    if (kind) await client.field(field, valueOf(kind, selectText(field, card)));
  }
  const reported = await client.singleUseToken();
  return { reported, outcome: { status: 'succeeded', singleUseToken: reported.token, raw: reported } };
}

/** As the field has it when the shopper goes on. */
function valueOf({ format, complaint }: FieldKind, text: string): string {
  const value = format?.(text) ?? text;
  if (complaint(value)) throw new Error('The card number should be one that a form takes, such as those of the stand-ins.');
  return value;
}
