import type { BuiltInName } from '../../providers/built-in.js';
import { lazyProviders } from '../../providers/lazy-providers.js';
import type { TokenRequest } from '../../shared/endpoint-contract.js';
import { collectFindings, ok, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { checkStatus } from './response.js';
import type { EndpointResponse, Sender } from './send-request.js';
import type { CheckTarget } from './target.js';
import { isFinding, readTokenOrFinding } from './token.js';

/** Checks that the endpoint accepts the requests of a page with these fallbacks, and issues a token for each of them. */
export async function* checkFallback(send: Sender, { body }: CheckTarget, { fallback = [] }: CheckOptions): AsyncGenerator<Finding> {
  const others = [...new Set(fallback)].filter((name) => name !== body.provider);
  if (others.length === 0) return;
  const whilePossible: TokenRequest = { ...body, fallback: true };
  yield* checkRequest(await send({ body: whilePossible }), whilePossible);
  for (const name of others) yield* await checkProvider(send, name, body);
}

/** A provider that is down is an answer, too: the page then opens the next one. */
function checkRequest(response: EndpointResponse, body: TokenRequest): Finding[] {
  const isDown = response.status === 503 && (Object(response.json) as { retryable?: unknown }).retryable === false;
  const status = checkStatus(response, body);
  return collectFindings(
    [!isDown && status.level === 'wrong' && wrong('fallback', `with \`"fallback": true\`, the status ${status.message}`)],
    ok('fallback', `it accepts \`"fallback": true\`${isDown ? `, and says that ${body.provider} is down` : ''}.`),
  );
}

async function checkProvider(send: Sender, name: BuiltInName, { environment, order }: CheckTarget['body']): Promise<Finding[]> {
  const provider = await lazyProviders[name].adapter();
  const body = { provider: name, environment, ...(order === undefined ? {} : { order }) };
  if (!provider.assets[environment]) return [wrong('fallback', `${name} has no ${environment}, so the element skips it.`)];
  const response = await send({ body });
  const status = checkStatus(response, body);
  if (status.level === 'wrong') return [wrong('fallback', `${name}: the status ${status.message}`)];
  const read = readTokenOrFinding(response, { provider, body });
  return [isFinding(read) ? wrong('fallback', `${name}: ${read.message}`) : ok('fallback', `it issues a token for ${name}.`)];
}
