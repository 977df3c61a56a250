import { checkCaching, checkLatency, checkStatus, checkContentType } from './response.js';
import { createSender, NoResponseError, type Sender } from './send-request.js';
import { checkCors, checkPreflight, checkUnlistedOrigin } from './cors.js';
import { ok, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { redactUrl } from '../../shared/endpoint-url.js';
import { checkOutcome } from './outcome.js';
import { checkErrorBodies } from './error-bodies.js';
import { checkRefusals } from './refusals.js';
import { checkSecrets } from './secrets.js';
import { findTarget, type CheckTarget } from './target.js';
import { checkConfig } from './config.js';
import { checkClock, checkUniqueness, isFinding, checkLifetime, readTokenOrFinding } from './token.js';

/** Checks an endpoint and yields each finding as soon as it is known. */
export async function* check(options: CheckOptions): AsyncGenerator<Finding> {
  const { endpoint, outcome } = options;
  try {
    const send = createSender(endpoint, options);
    const target = await findTarget(send, options);
    yield ok('asked', `${redactUrl(endpoint.href)} for ${target.body.provider} in ${target.body.environment}.`);
    yield* checkToken(send, target, options);
    if (!outcome) return;
    const findings = checkOutcome(createSender(outcome, options), target, options, isElsewhere(outcome, options));
    for await (const finding of findings) yield { ...finding, check: `outcome ${finding.check}` };
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error;
    yield wrong('reach', `the endpoint ${error.message}.`);
  }
}

async function* checkToken(send: Sender, target: CheckTarget, options: CheckOptions): AsyncGenerator<Finding> {
  const { body } = target;
  const first = await send({ body });
  const status = checkStatus(first, body);
  yield* [status, checkContentType(first), ...checkCaching(first), checkClock(first)];
  if (isElsewhere(options.endpoint, options)) yield* [...(await checkPreflight(send, options)), ...checkCors(first, options)];
  const read = readTokenOrFinding(first, target);
  // The status already reports a refusal, so its shape is not reported too.
  if (isFinding(read)) return yield* [...(status.level === 'wrong' ? [] : [read]), ...checkSecrets([first], [])];
  yield ok('shape', 'the element can read it.');
  yield* [...checkLifetime(read, first, target), ...checkConfig(read, target, options.config)];
  const next = await send({ body });
  yield checkLatency(first, next);
  const readNext = readTokenOrFinding(next, target);
  if (isFinding(readNext)) return yield* [readNext, ...checkSecrets([first, next], [read.token])];
  yield* checkUniqueness(read, readNext, target);
  const { findings, responses } = await checkRefusals(send, target);
  yield* [...findings, ...checkErrorBodies(responses), await checkUnlistedOrigin(send, body)];
  yield* checkSecrets([first, next, ...responses.map(({ response }) => response)], [read.token, readNext.token]);
}

/** Whether the page is on another origin than the endpoint. */
function isElsewhere(endpoint: URL, { origin }: CheckOptions): boolean {
  return endpoint.origin !== origin;
}
