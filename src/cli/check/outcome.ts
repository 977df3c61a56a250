import { parse, ShapeError } from '../../shared/schema.js';
import { outcomeResponse } from '../../shared/endpoint-contract.js';
import { checkCaching } from './response.js';
import type { EndpointResponse, Sender } from './send-request.js';
import { checkCors, checkPreflight } from './cors.js';
import { ok, warning, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { checkErrorBodies } from './error-bodies.js';
import { checkMethod } from './refusals.js';
import { checkSecrets } from './secrets.js';
import type { CheckTarget } from './target.js';

/**
 * A result that a page could forge: it claims success in the words of each provider. It contains no single-use token, because
 * the endpoint would charge it.
 */
const madeUpPayment = {
  success: 'true',
  code: '00',
  message: 'OK',
  merchant_operation_number: '100000000000',
  transaction: { transaction_id: 'pay-checkout-check', state: 'AUTORIZADO' },
};

/** Checks the outcome endpoint with a payment that never happened. */
export async function* checkOutcome(
  send: Sender,
  { body }: CheckTarget,
  options: CheckOptions,
  isElsewhere: boolean,
): AsyncGenerator<Finding> {
  const { provider } = body;
  const result = { provider, reference: 'pay-checkout-check', raw: madeUpPayment };
  const response = await send({ body: { ...body, attempt: 1, result } });
  yield checkVerdict(response);
  yield* checkCaching(response);
  const get = await send({ method: 'GET' });
  yield checkMethod(get);
  yield* checkErrorBodies([
    { name: 'made-up payment', response },
    { name: 'GET', response: get },
  ]);
  if (isElsewhere) yield* [...(await checkPreflight(send, options)), ...checkCors(response, options)];
  yield* checkSecrets([response, get], []);
}

function checkVerdict({ status, json }: EndpointResponse): Finding {
  if (status === 404 || status === 405) return wrong('verdict', `a made-up payment was answered with ${status}; check the address.`);
  if (status >= 400 && status < 500) return ok('verdict', `a made-up payment is refused with ${status}.`);
  if (status >= 300) return warning('verdict', `a made-up payment should be declined or refused, but was answered with ${status}.`);
  try {
    const { outcome } = parse(outcomeResponse, json, "The outcome endpoint's response");
    if (outcome === 'pending' || outcome === 'declined') return ok('verdict', `a made-up payment is ${outcome}.`);
    return wrong('verdict', `a made-up payment should never be ${outcome}, but is; the endpoint trusts the page.`);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return wrong('verdict', error.message);
  }
}
