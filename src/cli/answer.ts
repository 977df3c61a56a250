import { hintFor } from '../endpoint/post-json.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import type { Answer } from './ask.js';
import { ok, unless, warning, wrong, type Finding } from './finding.js';
import { seconds, shown } from './shown.js';

/** Milliseconds after which a shopper notices. */
const patience = 1_000;

/** Whether an endpoint did what it was asked for, with or without an order. */
export function statusOf(answer: Answer, { order }: TokenRequest): Finding {
  const { status } = answer;
  if (status === 200 || status === 201) return ok('status', `${status}.`);
  const problem = problemOf(answer);
  const advice =
    order === undefined && mayMissOrder(answer) ? 'no order was named: name one that may be paid, by --order' : adviceFor(status);
  return wrong('status', `should be 200 or 201, but was ${status}${problem ? ` (${problem})` : ''}: ${advice}.`);
}

function mayMissOrder(answer: Answer): boolean {
  return [400, 404, 422].includes(answer.status) && !isMismatch(answer);
}

/** Whether it says that another provider or environment is its own. */
export function isMismatch(answer: Answer): boolean {
  return problemOf(answer) === 'mismatch';
}

function adviceFor(status: number): string {
  if (status === 405) return 'it should take POST';
  if (status === 422) return 'does it serve this provider and environment';
  if (status >= 300 && status < 400) return 'a redirect loses the body of a POST: name the address that it leads to';
  return hintFor(status);
}

/** Which of our own problems it names; the rest of an error's body may hold anything. */
function problemOf({ json }: Answer): string | undefined {
  const { type } = Object(json) as { type?: unknown };
  return typeof type === 'string' ? /^urn:pay-checkout:problem:([a-z-]{1,30})$/.exec(type)?.[1] : undefined;
}

export function typeOf({ type, json }: Answer): Finding {
  if (type === 'application/json') return ok('content type', 'application/json.');
  const said = `should be application/json, but was ${shown(type)}`;
  return json === undefined
    ? wrong('content type', `${said}, and the body is no JSON.`)
    : warning('content type', `${said}; the body is JSON all the same.`);
}

/** A token works once, so that whatever kept an answer would hand out a dead one. */
export function cacheOf({ headers }: Answer): Finding[] {
  const control = headers.get('Cache-Control');
  const age = headers.get('Age');
  return unless(
    [
      !/(^|[\s,])no-store([\s,]|$)/i.test(control ?? '') &&
        wrong('cache', `\`Cache-Control\` should be no-store, but was ${shown(control)}.`),
      Number(age) > 0 && wrong('cache', `something on the way keeps answers: \`Age\` should be missing, but was ${shown(age)}.`),
    ],
    ok('cache', '`Cache-Control` has no-store.'),
  );
}

/** The first answer may have to wait for the provider's bearer; the others show what shoppers wait for. */
export function latencyOf(first: Answer, next: Answer): Finding {
  const took = `${Math.round(first.took)} ms, then ${Math.round(next.took)} ms`;
  if (next.took <= patience) return ok('latency', `${took}.`);
  return warning('latency', `should be under ${seconds(patience)}, but was ${took}: every shopper waits for it.`);
}
