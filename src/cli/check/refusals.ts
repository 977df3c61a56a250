import type { Provider } from '../../providers/provider.js';
import type { Environment } from '../../shared/environment.js';
import type { EndpointResponse, Sender } from './send-request.js';
import { isRetried, type NamedResponse } from './error-bodies.js';
import { ok, warning, wrong, type Finding } from './finding.js';
import { isFinding, readTokenOrFinding } from './token.js';
import type { CheckTarget } from './target.js';
import { unknownOrder } from './unknown-order.js';

export interface RefusalChecks {
  readonly findings: readonly Finding[];
  readonly responses: readonly NamedResponse[];
}

/** Sends requests that an endpoint should refuse: another method, another environment, an unknown order. */
export async function checkRefusals(send: Sender, target: CheckTarget): Promise<RefusalChecks> {
  const { provider, body } = target;
  const other = selectOtherEnvironment(body.environment, provider);
  const get = await send({ method: 'GET' });
  const environment = await send({ body: { ...body, environment: other } });
  const findings = [checkMethod(get, target), checkEnvironment(environment, other, target)];
  const responses = [
    { name: 'GET', response: get },
    { name: `environment ${other}`, response: environment },
  ];
  if (body.order === undefined) return { findings, responses };
  const order = await send({ body: { ...body, order: unknownOrder } });
  return { findings: [...findings, checkOrder(order, target)], responses: [...responses, { name: 'unknown order', response: order }] };
}

function selectOtherEnvironment(environment: Environment, { assets }: Provider): Environment {
  const others = (Object.keys(assets) as Environment[]).filter((name) => name !== environment);
  return others[0] ?? (environment === 'sandbox' ? 'production' : 'sandbox');
}

/** Links and prefetches send GET, so GET must not create a token. Many routers answer 404, which is as good. */
export function checkMethod(response: EndpointResponse, target?: CheckTarget): Finding {
  const { status } = response;
  if (isRefusal(status)) return ok('method', `GET is answered with ${status}.`);
  if (target && hasToken(response, target)) return wrong('method', `GET should be answered with 405, but was answered with a token.`);
  return warning('method', `GET should be answered with 405, but was answered with ${status}.`);
}

function checkEnvironment(response: EndpointResponse, other: Environment, target: CheckTarget): Finding {
  const { status } = response;
  const page = `a page of \`${other}\``;
  if (status === 422) return ok('environment', `${page} is refused with 422.`);
  if (isRefusal(status)) return ok('environment', `${page} is refused with ${status}; 422 would be clearer.`);
  if (isFailure(status)) return describeFailure('environment', page, 422, response);
  const read = readTokenOrFinding(response, { ...target, body: { ...target.body, environment: other } });
  if (status >= 300 || isFinding(read)) return ok('environment', `${page} gets a response that the element refuses.`);
  if (read.environment === other) return ok('environment', `${page} is served too, and the response says so.`);
  return wrong('environment', `${page} should be refused with 422, but gets a token that does not name its environment.`);
}

function checkOrder(response: EndpointResponse, target: CheckTarget): Finding {
  const { status } = response;
  if (isRefusal(status)) return ok('order', `an unknown order is refused with ${status}.`);
  if (isFailure(status)) return describeFailure('order', 'an unknown order', 404, response);
  if (hasToken(response, target)) return wrong('order', 'an unknown order should be refused with 404, but is answered with a token.');
  return wrong('order', `an unknown order should be refused with 404, but is answered with ${status}.`);
}

/** A bad request that fails with a 5xx is sent again, for nothing, unless the response says so. */
function describeFailure(check: string, what: string, expected: number, response: EndpointResponse): Finding {
  const found = `${what} should be refused with ${expected}, but was answered with ${response.status}`;
  return isRetried(response) ? wrong(check, `${found}, which the element retries.`) : warning(check, `${found}.`);
}

/** Whether a response has a token, for any order, provider and environment. */
function hasToken({ status, json }: EndpointResponse, { provider }: CheckTarget): boolean {
  const { data = json } = Object(json) as { data?: unknown };
  const read = status < 300 ? provider.token.safeParse(data) : undefined;
  return read?.success === true && 'token' in read.data;
}

/** The element does not retry after these, whatever their body is. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

function isFailure(status: number): boolean {
  return status === 429 || status >= 500;
}
