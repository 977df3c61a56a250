import { providerForms } from '../../../serve/config/provider-table.js';
import { folderOf, type BuiltInName } from '../../../providers/built-in.js';
import { ok, collectFindings, warning, wrong, type Finding } from '../finding.js';
import { formatSeconds } from '../format.js';
import type { CheckOptions } from '../options.js';
import { acceptableLatency } from '../response.js';
import type { CheckTarget } from '../target.js';
import { signed, signedTwice, type CallShop } from './call-shop.js';
import { checkAnswer, isUnauthorized, readOrderAnswer } from './order-answer.js';
import { findOrderProblems } from './order-fields.js';
import { checkForgeries, checkOtherVisitor, checkUnknownOrder } from './shop-refusals.js';

type Order = Readonly<Record<string, unknown>>;

/** Checks the shop's `order` call, as `pay-checkout serve` sends it. */
export async function* checkOrderBackend(call: CallShop, { body }: CheckTarget, { headers, order }: CheckOptions): AsyncGenerator<Finding> {
  const { provider, environment } = body;
  const request = { call: 'order', ...(order === undefined ? {} : { order }), endpoint: 'token', provider, environment };
  const response = await call(request, { sign: signed, headers });
  yield checkAnswer(response, order);
  // A shop that refuses the right signature refuses the others for the same reason.
  if (isUnauthorized(response)) return;
  const found = readOrderAnswer(response, '');
  if (typeof found === 'object') yield* checkFound(call, found, body, response.duration);
  yield* checkForgeries(call, request, { headers });
  if (typeof found !== 'object') return;
  yield checkRotation((await call(request, { sign: signedTwice, headers })).status);
  if (order === undefined) return;
  yield await checkUnknownOrder(call, request, { headers });
  if (headers.some(([name]) => name.toLowerCase() === 'cookie')) yield await checkOtherVisitor(call, request, { headers });
}

async function* checkFound(call: CallShop, found: Order, { provider, environment }: CheckTarget['body'], duration: number) {
  const { order: needs } = providerForms[folderOf(provider as BuiltInName)];
  yield* collectFindings(findOrderProblems(found, provider, needs), ok('fields', `the order has what ${provider} needs.`));
  yield checkDuration(duration);
  const request = { call: 'order', reference: found.reference, endpoint: 'notification', provider, environment };
  yield compareOrders(found, readOrderAnswer(await call(request, { sign: signed }), 'look it up by `reference` alone, without a visitor'));
}

function checkDuration(duration: number): Finding {
  const time = `${Math.round(duration)} ms`;
  if (duration <= acceptableLatency) return ok('latency', `${time}.`);
  return warning('latency', `should be under ${formatSeconds(acceptableLatency)}, but was ${time}; every token waits this long.`);
}

/** Checks the answer for a notification, which brings no cookie: `serve` has only the reference. */
function compareOrders(order: Order, other: Order | string): Finding {
  if (typeof other === 'string') return wrong('notification', `for a call by \`reference\`, ${other}.`);
  const differing = ['reference', 'amount', 'currency'].find((field) => other[field] !== order[field]);
  if (!differing) return ok('notification', 'the shop finds the order by its `reference`, without a visitor.');
  return wrong('notification', `\`${differing}\` should be the same for a call by \`reference\`, but differs.`);
}

function checkRotation(status: number): Finding {
  if (status === 200) return ok('rotation', 'the shop accepts a call with two signatures, one of which is right.');
  const found = `a call with two signatures, one of which is right, should be accepted, but was answered with ${status}`;
  return warning('rotation', `${found}; the secret cannot be replaced without an interruption.`);
}
