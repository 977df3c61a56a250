import { cacheOf, latencyOf, statusOf, typeOf } from './answer.js';
import { createAsk, Unanswered, type Ask } from './ask.js';
import { grantOf, preflightOf, strangersOf } from './cors.js';
import { ok, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { redactUrl } from '../shared/endpoint-url.js';
import { checkOutcome } from './outcome.js';
import { askForRefusals, problemsOf } from './refusals.js';
import { secretsIn } from './secrets.js';
import { findSubject, type Subject } from './subject.js';
import { clockOf, configOf, freshnessOf, isFinding, lifeOf, shapeOf } from './token.js';

/** Asks an endpoint, and tells what is right and wrong as it is found. */
export async function* check(options: CheckOptions): AsyncGenerator<Finding> {
  const { endpoint, outcome } = options;
  try {
    const ask = createAsk(endpoint, options);
    const subject = await findSubject(ask, options);
    yield ok('asked', `${redactUrl(endpoint)} for ${subject.body.provider} in ${subject.body.environment}.`);
    yield* checkToken(ask, subject, options);
    if (!outcome) return;
    const findings = checkOutcome(createAsk(outcome, options), subject, options, isElsewhere(outcome, options));
    for await (const finding of findings) yield { ...finding, check: `outcome ${finding.check}` };
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    yield wrong('reach', `the endpoint ${error.message}.`);
  }
}

async function* checkToken(ask: Ask, subject: Subject, options: CheckOptions): AsyncGenerator<Finding> {
  const { body } = subject;
  const first = await ask({ body });
  const status = statusOf(first, body);
  yield* [status, typeOf(first), ...cacheOf(first), clockOf(first)];
  if (isElsewhere(options.endpoint, options)) yield* [...(await preflightOf(ask, options)), ...grantOf(first, options)];
  const read = shapeOf(first, subject);
  // A refusal is no token of the wrong shape.
  if (isFinding(read)) return yield* [...(status.level === 'wrong' ? [] : [read]), ...secretsIn([first], [])];
  yield ok('shape', 'the element can read it.');
  yield* [...lifeOf(read, first, subject), configOf(read, subject, options.config)];
  const next = await ask({ body });
  yield latencyOf(first, next);
  const readNext = shapeOf(next, subject);
  if (isFinding(readNext)) return yield* [readNext, ...secretsIn([first, next], [read.token])];
  yield* freshnessOf(read, readNext, subject);
  const { findings, answers } = await askForRefusals(ask, subject);
  yield* [...findings, ...problemsOf(answers), await strangersOf(ask, body)];
  yield* secretsIn([first, next, ...answers.map(({ answer }) => answer)], [read.token, readNext.token]);
}

/** Whether the page is on another origin than the endpoint. */
function isElsewhere(endpoint: URL, { origin }: CheckOptions): boolean {
  return endpoint.origin !== origin;
}
