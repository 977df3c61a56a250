import { apiHosts, apiPath } from '../../../src/providers/micuentaweb/contract.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';
import { post, read, type Fetch, type Json } from '../support.js';

export const basic = `Basic ${btoa(`${sampleAccount.shopId}:${sampleAccount.password}`)}`;

export const order = { amount: 1050, currency: 'PEN', orderId: 'A-1001', ipnTargetUrl: 'https://shop.example.com/ipn' };

/** Sends a call of the shop's server, such as `Order/Get`. */
export function call(fetch: Fetch, operation: string, body: Json, authorization: string | null = basic): Promise<Json> {
  return read(post(fetch, `${apiHosts.micuentaweb}${apiPath}${operation}`, body, { authorization: authorization ?? undefined }));
}

export async function createToken(fetch: Fetch, changes: Json = {}): Promise<string> {
  const { answer } = await call(fetch, 'Charge/CreatePayment', { ...order, ...changes });
  return (answer as { formToken: string }).formToken;
}

/** Pays as the form does, and returns the answer. */
export async function pay(fetch: Fetch, formToken: string, pan: string): Promise<Json> {
  const body = { formToken, publicKey: sampleAccount.publicKey, card: { pan } };
  return (await call(fetch, 'Charge/Public/ProcessPayment', body, null)).answer as Json;
}

/** Pays an order, and returns the `uuid` of its transaction. */
export async function buy(fetch: Fetch, pan: string, changes: Json = {}): Promise<string> {
  const { clientAnswer } = await pay(fetch, await createToken(fetch, changes), pan);
  return (clientAnswer as { transactions: [{ uuid: string }] }).transactions[0].uuid;
}
