import { hosts, tokenPath } from '../../../src/providers/izipay/contract.js';
import { framePaths } from '../../../src/testing/izipay/api.js';
import { post, read, type Fetch, type Json } from '../support.js';

export const tokenUrl = `${hosts.test.api}${tokenPath}`;

/** The sample of the seed. */
export const transactionId = '16868479028040';
export const tokenBody = {
  requestSource: 'ECOMMERCE',
  merchantCode: '4007701',
  orderNumber: 'R202211101518',
  publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
  amount: '15.00',
};

/** What opens a form with a token for `tokenBody`. */
export function configFor(changes: Json = {}, order: Json = {}): Json & { order: Json } {
  return {
    transactionId,
    action: 'pay',
    merchantCode: tokenBody.merchantCode,
    order: {
      orderNumber: tokenBody.orderNumber,
      currency: 'PEN',
      amount: tokenBody.amount,
      processType: 'AT',
      merchantBuyerId: 'buyer-1001',
      dateTimeTransaction: '1757894400000000',
      ...order,
    },
    ...changes,
  };
}

export function generate(fetch: Fetch, changes: Json = {}, transaction: string = transactionId): Promise<Response> {
  return post(fetch, tokenUrl, { ...tokenBody, ...changes }, { transactionId: transaction });
}

export async function token(fetch: Fetch, transaction?: string): Promise<string> {
  const { response } = await read(generate(fetch, {}, transaction));
  return (response as { token: string }).token;
}

export function open(fetch: Fetch, authorization: string, config: Json = configFor()): Promise<Json> {
  return read(post(fetch, `${hosts.test.checkout}${framePaths.session}`, { authorization, config }));
}

export async function session(fetch: Fetch): Promise<string> {
  return ((await open(fetch, await token(fetch))).response as { session: string }).session;
}

export async function pay(fetch: Fetch, pan: string, form?: string): Promise<Json> {
  const card = { pan, expiry_month: '12', expiry_year: '49', security_code: '123', card_holder: 'Ana Prueba' };
  return read(post(fetch, `${hosts.test.checkout}${framePaths.charge}`, { session: form ?? (await session(fetch)), card }));
}
