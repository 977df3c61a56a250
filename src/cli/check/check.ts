import { checkCaching, checkLatency, checkStatus, checkContentType } from './response.js';
import { createSender, NoResponseError, type Sender } from './send-request.js';
import { checkShop } from './backend/check-shop.js';
import { checkReadiness } from './backend/readiness.js';
import { checkFallback } from './fallback.js';
import { checkCors, checkPreflight, checkUnlistedOrigin } from './cors.js';
import { ok, wrong, type Finding } from './finding.js';
import { checkLog } from './log.js';
import type { CheckOptions } from './options.js';
import { redactUrl } from '../../shared/endpoint-url.js';
import { checkOutcome } from './outcome.js';
import { checkErrorBodies } from './error-bodies.js';
import { checkRefusals } from './refusals.js';
import { checkSecrets } from './secrets.js';
import { findTarget, guessTarget, type CheckTarget } from './target.js';
import { checkConfig } from './config.js';
import { folderOf, type BuiltInName } from '../../providers/built-in.js';
import type { ReadToken } from '../../endpoint/read-token.js';
import { providerForms } from '../../serve/config/provider-table.js';
import { checkClock, checkUniqueness, isFinding, checkLifetime, readTokenOrFinding } from './token.js';

/** Checks the endpoints, and the shop behind them, and yields each finding as soon as it is known. */
export async function* check(options: CheckOptions): AsyncGenerator<Finding> {
  const target = yield* checkEndpoints(options);
  yield* checkShop(options, target ?? (await guessTarget(options)));
}

/** Returns what the endpoint serves, if it answers. */
async function* checkEndpoints(options: CheckOptions): AsyncGenerator<Finding, CheckTarget | undefined> {
  const { endpoint, outcome, backend } = options;
  let target: CheckTarget | undefined;
  try {
    if (backend) yield* await checkReadiness(endpoint);
    const send = createSender(endpoint, options);
    target = await findTarget(send, options);
    yield ok('asked', `${redactUrl(endpoint.href)} for ${target.body.provider} in ${target.body.environment}.`);
    yield* checkToken(send, target, options);
    yield* checkFallback(send, target, options);
    if (outcome) yield* checkOutcomeEndpoint(outcome, target, options);
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error;
    yield wrong('reach', `the endpoint ${error.message}.`);
  }
  return target;
}

async function* checkOutcomeEndpoint(outcome: URL, target: CheckTarget, options: CheckOptions): AsyncGenerator<Finding> {
  const findings = checkOutcome(createSender(outcome, options), target, options, isElsewhere(outcome, options));
  for await (const finding of findings) yield { ...finding, check: `outcome ${finding.check}` };
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
  const expected = [read.token, ...listPageKeys(read, target)];
  const next = await send({ body });
  yield checkLatency(first, next);
  const readNext = readTokenOrFinding(next, target);
  if (isFinding(readNext)) return yield* [readNext, ...checkSecrets([first, next], expected)];
  yield* [...checkUniqueness(read, readNext, target), checkLog(first, next)];
  const { findings, responses } = await checkRefusals(send, target);
  yield* [...findings, ...checkErrorBodies(responses), await checkUnlistedOrigin(send, body)];
  yield* checkSecrets([first, next, ...responses.map(({ response }) => response)], [...expected, readNext.token]);
}

/** Lists the values of `config` that are named like a credential, although the provider makes them for pages. */
function listPageKeys({ config = {} }: ReadToken, { body }: CheckTarget): string[] {
  const { pageKeys = [] } = providerForms[folderOf(body.provider as BuiltInName)];
  return pageKeys.map((key) => String(config[key]));
}

/** Whether the page is on another origin than the endpoint. */
function isElsewhere(endpoint: URL, { origin }: CheckOptions): boolean {
  return endpoint.origin !== origin;
}
