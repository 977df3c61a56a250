import { json, refuseUnless, type Json, type Refusal } from '../http.js';
import type { Call } from './account.js';

const version = { version: 'V4', applicationVersion: '6.20.0', applicationProvider: 'MCW', _type: 'V4/WebService/Response' };

/** Wraps the answer of a route as Lyra does (documentation, "Web service usage"). An error of Lyra has status 200 too. */
export function respondWith(create: (call: Call) => Json | Promise<Json>) {
  return async (call: Call): Promise<Json> => {
    const { fault, request } = call;
    const isCode = typeof fault === 'string' && /^[A-Z]+_\d+$/.test(fault);
    refuseUnless(!isCode, 200, `This is the simulated error ${fault}.`, String(fault));
    const { pathname } = new URL(request.url);
    const answer = await create(call);
    return { ...version, webService: pathname.split('/V4/')[1], status: 'SUCCESS', ticket: createTicket(), answer };
  };
}

/**
 * Requires the shop's Basic authentication before a route answers.
 *
 * @throws {Refusal} INT_905
 */
export function respondToShop(create: (call: Call) => Json | Promise<Json>) {
  return respondWith((call) => {
    const { shopId, password } = call.account.settings;
    const isShop = call.request.headers.get('authorization') === `Basic ${btoa(`${shopId}:${password}`)}`;
    refuseUnless(isShop, 200, 'The user or the password is wrong.', 'INT_905');
    return create(call);
  });
}

/** Answers an error. One without a code of Lyra keeps its status, with a body that can be read, as Lyra's 401 has. */
export function refuse({ status, message, slug }: Refusal): Response {
  const errorCode = slug ?? (status === 401 ? 'INT_905' : 'INT_902');
  const error = { errorCode, errorMessage: message, detailedErrorCode: null, detailedErrorMessage: null };
  const answer = { ...error, ticket: null, _type: 'V4/WebService/WebServiceError' };
  return json({ ...version, status: 'ERROR', ticket: createTicket(), answer }, slug ? 200 : status);
}

/** @throws {Refusal} INT_902 */
export function requireField(condition: unknown, name: string): asserts condition {
  refuseUnless(condition, 200, `\`${name}\` is missing or invalid.`, 'INT_902');
}

/** Loses the response of a call that was performed, for the fault `lost`. */
export function loseIfFaulty({ fault }: { readonly fault?: string | number }): void {
  if (fault === 'lost') throw new TypeError('Failed to fetch');
}

export function describeTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00');
}

function createTicket(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
