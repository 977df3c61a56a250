import { randomBytes } from 'node:crypto';
import { signatureHeader, signCall } from '../../../serve/backend/sign-call.js';
import type { Header } from '../options.js';
import { sendWithin, type EndpointResponse } from '../send-request.js';

/** Milliseconds that `serve` waits for the shop. */
const callLimit = 5_000;

/** The text of a call and its signature, if it has one. */
interface SignedText {
  readonly text: string;
  readonly signature?: string;
}

export type Sign = (text: string, secrets: readonly string[]) => SignedText;

export const signed: Sign = (text, secrets) => ({ text, signature: signCall(text, secrets) });

/** As while a secret is replaced: the newer one, which the shop may not have yet, signs first. */
export const signedTwice: Sign = (text, secrets) => ({ text, signature: signCall(text, [createSecret(), ...secrets]) });

/** Calls that the shop must refuse, by what is wrong with them. */
export const forgeries = {
  unsigned: (text) => ({ text }),
  'with a wrong signature': (text) => ({ text, signature: signCall(text, [createSecret()]) }),
  'changed after it was signed': (text, secrets) => ({
    text: JSON.stringify({ ...(JSON.parse(text) as object), changed: true }),
    signature: signCall(text, secrets),
  }),
  'signed an hour ago': (text, secrets) => ({ text, signature: signCall(text, secrets, Date.now() - 3_600_000) }),
} satisfies Record<string, Sign>;

/** How a call is sent. */
export interface CallOptions {
  readonly sign: Sign;
  /** The headers of the visitor. */
  readonly headers?: readonly Header[];
}

/** Sends a call to the shop's backend. @throws {NoResponseError} */
export type CallShop = (body: object, options: CallOptions) => Promise<EndpointResponse>;

export function createShopCaller(url: URL, secrets: readonly string[]): CallShop {
  return (body, { sign, headers: added = [] }) => {
    const { text, signature } = sign(JSON.stringify(body), secrets);
    const headers = new Headers([...added.map(([name, value]): [string, string] => [name, value]), ['Accept', 'application/json']]);
    headers.set('Content-Type', 'application/json');
    if (signature !== undefined) headers.set(signatureHeader, signature);
    return sendWithin(callLimit, url, { method: 'POST', headers, body: text });
  };
}

function createSecret(): string {
  return randomBytes(32).toString('hex');
}
