import { ok, warning, wrong, type Finding } from '../finding.js';
import type { EndpointResponse } from '../send-request.js';
import { unknownOrder } from '../unknown-order.js';
import { forgeries, signed, type CallOptions, type CallShop } from './call-shop.js';
import { isUnauthorized } from './order-answer.js';

/** Sends calls that the shop must refuse, because `serve` did not sign them like this. */
export async function* checkForgeries(call: CallShop, body: object, options: Omit<CallOptions, 'sign'>): AsyncGenerator<Finding> {
  for (const [what, sign] of Object.entries(forgeries)) yield describeForgery(what, await call(body, { ...options, sign }));
}

function describeForgery(what: string, response: EndpointResponse): Finding {
  const { status } = response;
  if (isUnauthorized(response)) return ok('forgery', `a call ${what} is refused with ${status}.`);
  const found = `a call ${what} should be refused with 401, but was answered with ${status}`;
  if (status < 300) return wrong('forgery', `${found}; anyone can send it.`);
  return warning('forgery', `${found}; verify the signature before anything else.`);
}

/** Checks that the shop knows no order of that number. `serve` answers the page 404 then. */
export async function checkUnknownOrder(call: CallShop, body: object, options: Omit<CallOptions, 'sign'>): Promise<Finding> {
  const { status } = await call({ ...body, order: unknownOrder }, { ...options, sign: signed });
  if (status === 404) return ok('unknown order', 'it is refused with 404.');
  const found = `it should be refused with 404, but was answered with ${status}`;
  if (status < 300) return wrong('unknown order', `${found}.`);
  if (status === 422) return warning('unknown order', `${found}, which is for orders that exist and cannot be paid.`);
  return wrong('unknown order', `${found}; \`serve\` then answers 500, which the element retries.`);
}

/** Checks that the order belongs to the visitor whose cookie `--header` has. */
export async function checkOtherVisitor(call: CallShop, body: object, { headers = [] }: Omit<CallOptions, 'sign'>): Promise<Finding> {
  const { status } = await call(body, { sign: signed, headers: headers.filter(([name]) => name.toLowerCase() !== 'cookie') });
  if (status === 404) return ok('other visitor', 'a visitor without the cookie is refused with 404.');
  const found = `a visitor without the cookie should be refused with 404, but was answered with ${status}`;
  return warning('other visitor', status < 300 ? `${found}; check that nobody can guess an order number.` : `${found}.`);
}
