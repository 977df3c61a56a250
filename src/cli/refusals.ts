import type { Provider } from '../providers/provider.js';
import type { Environment } from '../shared/environment.js';
import type { Answer, Ask } from './ask.js';
import { ok, unless, warning, wrong, type Finding } from './finding.js';
import { shown } from './shown.js';
import { isFinding, shapeOf } from './token.js';
import type { Subject } from './subject.js';

/** An order that no merchant has. */
const unknownOrder = 'pay-checkout-check-no-such-order';

/** What came of asking for what should be refused. */
export interface Refused {
  readonly findings: readonly Finding[];
  readonly answers: readonly Named[];
}

export interface Named {
  readonly name: string;
  readonly answer: Answer;
}

/** Asks for what an endpoint should not give: by another method, for another environment, for an order that is not there. */
export async function askForRefusals(ask: Ask, subject: Subject): Promise<Refused> {
  const { provider, body } = subject;
  const other = otherThan(body.environment, provider);
  const get = await ask({ method: 'GET' });
  const environment = await ask({ body: { ...body, environment: other } });
  const findings = [methodOf(get, subject), environmentOf(environment, other, subject)];
  const answers = [
    { name: 'GET', answer: get },
    { name: `environment ${other}`, answer: environment },
  ];
  if (body.order === undefined) return { findings, answers };
  const order = await ask({ body: { ...body, order: unknownOrder } });
  return { findings: [...findings, orderOf(order, subject)], answers: [...answers, { name: 'unknown order', answer: order }] };
}

function otherThan(environment: Environment, { assets }: Provider): Environment {
  const others = (Object.keys(assets) as Environment[]).filter((name) => name !== environment);
  return others[0] ?? (environment === 'sandbox' ? 'production' : 'sandbox');
}

/** Links and prefetches are GET, and must not spend anything. */
export function methodOf(answer: Answer, subject?: Subject): Finding {
  const { status } = answer;
  if (status === 405) return ok('method', 'GET is answered with 405.');
  if (subject && hasToken(answer, subject)) return wrong('method', `GET should be answered with 405, but was answered with a token.`);
  return warning('method', `GET should be answered with 405, but was with ${status}.`);
}

function environmentOf(answer: Answer, other: Environment, subject: Subject): Finding {
  const { status } = answer;
  const asked = `a page of \`${other}\``;
  if (status === 422) return ok('environment', `${asked} is refused with 422.`);
  if (isRefusal(status)) return ok('environment', `${asked} is refused with ${status}; 422 would say more.`);
  if (status >= 500) return wrong('environment', `${asked} should be refused with 422, but was answered with ${status}: it asks again.`);
  const said = shapeOf(answer, { ...subject, body: { ...subject.body, environment: other } });
  if (status >= 300 || isFinding(said)) return ok('environment', `${asked} is answered with what the element refuses.`);
  if (said.environment === other) return ok('environment', `${asked} is served, too, and the answer says so.`);
  return wrong('environment', `${asked} should be refused with 422, but gets a token that does not say for which environment it is.`);
}

function orderOf(answer: Answer, subject: Subject): Finding {
  const { status } = answer;
  if (isRefusal(status)) return ok('order', `one that is unknown is refused with ${status}.`);
  if (hasToken(answer, subject)) return wrong('order', 'one that is unknown should be refused with 404, but is answered with a token.');
  return wrong('order', `one that is unknown should be refused with 404, but is answered with ${status}.`);
}

/** Whatever it was asked for, and whoever it says that it is for. */
function hasToken({ status, json }: Answer, { provider }: Subject): boolean {
  const { data = json } = Object(json) as { data?: unknown };
  const read = status < 300 ? provider.token.safeParse(data) : undefined;
  return read?.success === true && 'token' in read.data;
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** How the page learns whether another try may help. */
export function problemsOf(refused: readonly Named[]): Finding[] {
  const errors = refused.filter(({ answer }) => answer.status >= 400);
  const others = errors.filter(({ answer }) => answer.type !== 'application/problem+json');
  const named = others.map(({ name, answer }) => `${answer.status} (${name}) is ${shown(answer.type)}`);
  return unless(
    [others.length > 0 && warning('errors', `should be application/problem+json, but ${named.join(', ')}.`), ...errors.map(retryableOf)],
    ok('errors', errors.length > 0 ? 'all are application/problem+json.' : 'there was none.'),
  );
}

function retryableOf({ name, answer: { status, json } }: Named): Finding | false {
  const { retryable } = Object(json) as { retryable?: unknown };
  const isWrong = retryable !== undefined && typeof retryable !== 'boolean';
  return isWrong && warning('errors', `\`retryable\` of ${status} (${name}) should be true or false, but was neither.`);
}
