import { hosts } from '../../../src/providers/payroc/contract.js';
import { gateways } from '../../../src/testing/payroc/gateway.js';
import { post as send, read, type Fetch } from '../support.js';

export const { sandbox } = hosts;
export const terminalUrl = `${sandbox.api}/v1/processing-terminals/1234001`;
export const sessionsUrl = `${terminalUrl}/hosted-fields-sessions`;
export const sessionBody = { libVersion: sandbox.libVersion, scenario: 'payment' };
export const gatewayUrl = (token: string, path: string) => `${gateways.sandbox}/api/v2/hosted-fields-sessions/${token}/${path}`;

/** A key of the documentation's own: a UUID v4. */
export const key = '8e03978e-40d5-43e8-bc93-6894a57f9324';

export async function bearer(fetch: Fetch): Promise<string> {
  const answer = fetch(`${sandbox.identity}/authorize`, { method: 'POST', headers: { 'x-api-key': 'your_api_key' } });
  return String((await read(answer)).access_token);
}

export function post(fetch: Fetch, url: string, body: unknown, headers: Record<string, string | undefined> = {}): Promise<Response> {
  return send(fetch, url, body, { 'Idempotency-Key': crypto.randomUUID(), ...headers });
}

/** A call of the merchant's backend. */
export async function call(fetch: Fetch, url: string, body: unknown, headers: Record<string, string | undefined> = {}): Promise<Response> {
  return post(fetch, url, body, { Authorization: `Bearer ${await bearer(fetch)}`, ...headers });
}

export async function session(fetch: Fetch, scenario = 'payment'): Promise<string> {
  return String((await read(call(fetch, sessionsUrl, { ...sessionBody, scenario }))).token);
}

const cardDetails = { cardholderName: 'Sarah Hazel Hopper', expiryDate: '12/49', cvv: '123' };
const achDetails = { nameOnAccount: 'Shara Hazel Hopper', accountType: 'checking', routingNumber: '123456789' };

/** A single-use token, as the library gets one for a card or an account. */
export async function singleUse(fetch: Fetch, number: string, field = 'cardNumber'): Promise<string> {
  const token = await session(fetch);
  const values = { ...(field === 'cardNumber' ? cardDetails : achDetails), [field]: number };
  for (const [name, value] of Object.entries(values)) await post(fetch, gatewayUrl(token, 'fields'), { field: name, value });
  return String((await read(post(fetch, gatewayUrl(token, 'single-use-tokens'), {}))).token);
}

export const saleBody = (token: string) => ({
  channel: 'web',
  processingTerminalId: '1234001',
  order: { orderId: 'OrderRef6543', amount: 4999, currency: 'USD' },
  paymentMethod: { type: 'singleUseToken', token },
});

export const paymentsUrl = `${sandbox.api}/v1/payments`;
export const bankUrl = `${sandbox.api}/v1/bank-transfer-payments`;
