import { isCheckoutError } from '../state/errors.js';
import { lifetimeOf, marginOf } from '../endpoint/freshness.js';
import type { Provider } from '../providers/provider.js';
import { readToken, type ReadToken } from '../endpoint/read-token.js';
import { parse, ShapeError } from '../shared/schema.js';
import type { Answer } from './ask.js';
import { ok, unless, warning, wrong, type Finding } from './finding.js';
import { seconds, shown } from './shown.js';
import type { Subject } from './subject.js';

/** Milliseconds by which two clocks may differ, one of which tells whole seconds. */
const clockTolerance = 5_000;
/** Milliseconds. The element begins with less where a token says that it never had more; no network can be trusted to be that quick. */
const leastMargin = 2_000;
/** Milliseconds that the element waits for a form to come up. */
const opening = 20_000;

/** What the element would make of an answer; or the sentence that it would fail with. */
export function shapeOf({ json }: Answer, { provider, body }: Subject): ReadToken | Finding {
  try {
    return readToken(json, provider, body);
  } catch (error) {
    if (!isCheckoutError(error)) throw error;
    return wrong(error.reason === 'mismatch' ? 'environment' : 'shape', error.message);
  }
}

export function isFinding(value: object): value is Finding {
  return 'level' in value;
}

/** Whether there is time to open the form, as the element counts it. */
export function lifeOf(read: ReadToken, answer: Answer, { provider, body }: Subject): Finding[] {
  const longest = provider.lifetime * 1000;
  const lifetime = lifetimeOf(read, longest, answer.requestedAt, dateIn(answer));
  const left = lifetime - answer.took;
  const needed = neededFor(lifetime, provider);
  const claimed = Number(read.expiresIn ?? 0);
  const life = `${seconds(left)} of the ${seconds(longest)} that a token of ${body.provider} lives`;
  return unless(
    [
      (lifetime <= 0 || left <= needed) && wrong('life', deadWords(lifetime, left, needed)),
      lifetime > 0 &&
        left > needed &&
        left < longest / 2 &&
        warning('life', `only ${life} are left when it arrives: is it kept somewhere?`),
      claimed > provider.lifetime &&
        warning(
          'life',
          `\`expiresIn\` should be ${provider.lifetime} at most, but was ${claimed}: is it the bearer's? It is not believed.`,
        ),
    ],
    ok('life', `${life} are left when it arrives; the form is not begun with less than ${seconds(marginOf(lifetime))}.`),
  );
}

/** What must be left when it arrives. A form that ages on once it is open is replaced before it dies: it has to stand until then. */
function neededFor(lifetime: number, { agesWhileOpen }: Provider): number {
  return Math.max(marginOf(lifetime), leastMargin) + (agesWhileOpen ? opening : 0);
}

function deadWords(lifetime: number, left: number, needed: number): string {
  if (lifetime <= 0) return 'a token should be alive, but is dead on arrival by its own word.';
  return `a token should have more than ${seconds(needed)} left when it arrives, but has ${seconds(Math.max(left, 0))}.`;
}

/** `expiresAt` is counted against it, so that a shopper's clock has no part in it. */
export function clockOf({ headers, requestedAt, took }: Answer): Finding {
  const date = headers.get('Date');
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return warning('clock', `\`Date\` should be the time of the answer, but was ${shown(date)}.`);
  const early = requestedAt.wall - told;
  const late = told - (requestedAt.wall + took);
  const off = Math.max(early, late);
  if (off <= clockTolerance) return ok('clock', "`Date` agrees with this machine's clock.");
  return warning('clock', `\`Date\` should agree with this machine's clock, but is ${seconds(off)} ${early > late ? 'behind' : 'ahead'}.`);
}

function dateIn({ headers }: Answer): number | undefined {
  const date = Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}

/** Whether the form could be opened with it. The page's own `config` may have a part in that. */
export function configOf(read: ReadToken, { provider }: Subject, ofPage: Readonly<Record<string, unknown>>): Finding {
  try {
    const config = parse(provider.config, { ...ofPage, ...read.config }, 'The `config`');
    const byHand = provider.needsGesture?.(config) ? '; the tag needs `loading="manual"` for it' : '';
    return ok('config', `it has what the form needs${byHand}.`);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return wrong('config', error.message);
  }
}

/** What a provider takes only once, beside the token itself. */
const once: Readonly<Record<string, readonly string[]>> = {
  payme: ['payload', 'merchant_operation_number'],
  izipay: ['transactionId'],
};

/** Whether two tokens are two. */
export function freshnessOf(first: ReadToken, next: ReadToken, { body }: Subject): Finding[] {
  const path = once[body.provider] ?? [];
  const [one, other] = [first, next].map(({ config }) => valueAt(config, path));
  return unless(
    [
      first.token === next.token && wrong('new', 'each request should be answered with a token of its own, but two had the same one.'),
      path.length > 0 &&
        one !== undefined &&
        one === other &&
        wrong('new', `\`config.${path.join('.')}\` should be new for each token, but two had the same one.`),
    ],
    ok('new', 'each request is answered with a token of its own.'),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (Object(inner) as Record<string, unknown>)[key], value);
}
