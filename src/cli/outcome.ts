import { parse, ShapeError } from '../shared/schema.js';
import { outcomeResponse } from '../shared/endpoint-contract.js';
import { cacheOf } from './answer.js';
import type { Answer, Ask } from './ask.js';
import { grantOf, preflightOf } from './cors.js';
import { ok, warning, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { methodOf, problemsOf } from './refusals.js';
import { secretsIn } from './secrets.js';
import type { Subject } from './subject.js';

/**
 * What a page could claim: a success in the words of each provider, of a payment that never was. No single-use token is with
 * it: with one, the endpoint would try to sell.
 */
const madeUp = {
  success: 'true',
  code: '00',
  message: 'OK',
  merchant_operation_number: '100000000000',
  transaction: { transaction_id: 'pay-checkout-check', state: 'AUTORIZADO' },
};

/** Asks the outcome endpoint about a payment that nobody made. */
export async function* checkOutcome(ask: Ask, { body }: Subject, options: CheckOptions, isElsewhere: boolean): AsyncGenerator<Finding> {
  const { provider } = body;
  const result = { provider, reference: 'pay-checkout-check', raw: madeUp };
  const answer = await ask({ body: { ...body, attempt: 1, result } });
  yield verdictOn(answer);
  yield* cacheOf(answer);
  const get = await ask({ method: 'GET' });
  yield methodOf(get);
  yield* problemsOf([
    { name: 'made-up payment', answer },
    { name: 'GET', answer: get },
  ]);
  if (isElsewhere) yield* [...(await preflightOf(ask, options)), ...grantOf(answer, options)];
  yield* secretsIn([answer, get], []);
}

function verdictOn({ status, json }: Answer): Finding {
  if (status === 404 || status === 405) return wrong('verdict', `a made-up payment was answered with ${status}: is the address right?`);
  if (status >= 400 && status < 500) return ok('verdict', `a made-up payment is refused with ${status}.`);
  if (status >= 300) return warning('verdict', `a made-up payment should be declined or refused, but was answered with ${status}.`);
  try {
    const { outcome } = parse(outcomeResponse, json, "The outcome endpoint's answer");
    if (outcome === 'paid') return wrong('verdict', 'a made-up payment should never be paid, but is: the endpoint believes the page.');
    return ok('verdict', `a made-up payment is ${outcome}.`);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return wrong('verdict', error.message);
  }
}
