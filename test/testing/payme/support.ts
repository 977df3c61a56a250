import type { FlexResponse } from '../../../src/testing/payme/types.js';
import { apiVersion, hosts } from '../../../src/providers/payme/contract.js';
import { post as send, read, type Fetch, type Json } from '../support.js';

const { sandbox } = hosts;
export const tokenUrl = `${sandbox.auth}/token`;
export const nonceUrl = `${sandbox.auth}/nonce`;

export const tokenBody = {
  action: 'authorize',
  grant_type: 'client_credentials',
  audience: sandbox.audience,
  client_id: 'your_client_id',
  client_secret: 'your_client_secret',
  scope: 'create:token post:charges get:charges delete:charges',
};

export const nonceBody = { action: 'create.nonce', audience: sandbox.audience, client_id: 'your_client_id', scope: 'post:charges' };

export const redeemBody = { grant_type: 'nonce', audience: sandbox.capture, scope: 'create:token post:charges' };

export const payload = {
  action: 'authorize',
  channel: 'ecommerce',
  merchant_code: 'your_merchant_code',
  merchant_operation_number: '100200300',
  payment_method: {},
  payment_details: { amount: '1050', currency: '604', billing: { first_name: 'Ana' }, additional_fields: { table: '7' } },
};

export function post(fetch: Fetch, url: string, body: unknown, bearer?: string): Promise<Response> {
  return send(fetch, url, body, { 'ALG-API-VERSION': apiVersion, Authorization: bearer && `Bearer ${bearer}` });
}

export async function bearer(fetch: Fetch, changes: Json = {}): Promise<string> {
  return String((await read(post(fetch, tokenUrl, { ...tokenBody, ...changes }))).access_token);
}

export async function nonce(fetch: Fetch): Promise<string> {
  return String((await read(post(fetch, nonceUrl, nonceBody, await bearer(fetch)))).nonce);
}

export async function session(fetch: Fetch): Promise<string> {
  return String((await read(post(fetch, tokenUrl, { ...redeemBody, nonce: await nonce(fetch) }))).access_token);
}

export function cardBody(pan: string, operation = payload.merchant_operation_number): Json {
  const method_details = { pan, expiry_month: '12', expiry_year: '40', security_code: '123', card_holder: 'Ana' };
  return { payload: { ...payload, merchant_operation_number: operation }, payment_method: { method_name: 'CARD', method_details } };
}

export async function pay(fetch: Fetch, body: unknown, bearer?: string): Promise<FlexResponse & { image?: string }> {
  const answer = await post(fetch, `${sandbox.capture}/flex-capture/charges`, body, bearer ?? (await session(fetch)));
  return (await answer.json()) as FlexResponse;
}

/** The shopper pays with a card in the form that was opened with a token of our own endpoint. */
export async function payWithFlex({ fetch }: { readonly fetch: Fetch }, { token, config }: Json, pan: string): Promise<FlexResponse> {
  const redeemed = String((await read(post(fetch, tokenUrl, { ...redeemBody, nonce: token }))).access_token);
  const { payload } = config as { payload: object };
  return pay(fetch, { ...cardBody(pan), payload }, redeemed);
}

export function chargeUrl({ merchant_code, merchant_operation_number, transaction }: FlexResponse): string {
  return `${sandbox.api}/charges/${merchant_code}/${merchant_operation_number}/${transaction.transaction_id}`;
}
