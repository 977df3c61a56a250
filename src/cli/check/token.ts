import { isCheckoutError } from '../../state/errors.js';
import { lifetimeOf, marginOf } from '../../endpoint/freshness.js';
import type { Provider } from '../../providers/provider.js';
import { readSettledAnswer, readToken, type ReadToken } from '../../endpoint/read-token.js';
import type { EndpointResponse } from './send-request.js';
import { ok, collectFindings, warning, wrong, type Finding } from './finding.js';
import { formatSeconds, formatHeader } from './format.js';
import type { CheckTarget } from './target.js';

/** Milliseconds by which two clocks may differ. The `Date` header has whole seconds only. */
const clockTolerance = 5_000;
/** Milliseconds. The element accepts less for a short-lived token, but few networks are fast enough for that. */
const minMargin = 2_000;
/** Milliseconds that the element waits for a form to appear. */
const openLimit = 20_000;

/** Reads a response as the element does, and returns either the token or the error as a finding. */
export function readTokenOrFinding({ json }: EndpointResponse, { provider, body }: CheckTarget): ReadToken | Finding {
  try {
    const settled = readSettledAnswer(json);
    if (settled)
      return wrong('order', `the order needs no payment, because it is ${settled.outcome}; pass the \`--order\` of an unpaid one.`);
    return readToken(json, provider, body);
  } catch (error) {
    if (!isCheckoutError(error)) throw error;
    return wrong(error.reason === 'mismatch' ? 'environment' : 'shape', error.message);
  }
}

export function isFinding(value: object): value is Finding {
  return 'level' in value;
}

/** Checks whether the token lives long enough to open the form, by the element's own rules. */
export function checkLifetime(read: ReadToken, response: EndpointResponse, { provider, body }: CheckTarget): Finding[] {
  const longest = provider.lifetime * 1000;
  const lifetime = lifetimeOf(read, longest, response.requestedAt, readDate(response));
  const left = lifetime - response.duration;
  const needed = computeNeededLife(lifetime, provider);
  const expiresIn = Number(read.expiresIn ?? 0);
  const life = `${formatSeconds(left)} of the ${formatSeconds(longest)} that a token of ${body.provider} lives`;
  return collectFindings(
    [
      (lifetime <= 0 || left <= needed) && wrong('life', describeDeadToken(lifetime, left, needed)),
      lifetime > 0 &&
        left > needed &&
        left < longest / 2 &&
        warning('life', `only ${life} are left when it arrives; check that no cache stores it.`),
      expiresIn > provider.lifetime &&
        warning(
          'life',
          `\`expiresIn\` should be ${provider.lifetime} at most, but was ${expiresIn}, so the element ignores it; it may be that of the bearer.`,
        ),
    ],
    ok('life', `${life} are left when it arrives; the element opens no form with less than ${formatSeconds(marginOf(lifetime))}.`),
  );
}

/** Milliseconds that must be left on arrival. A session that ages while its form is open is replaced before it expires, so it must last until the form is open. */
function computeNeededLife(lifetime: number, { agesWhileOpen }: Provider): number {
  return Math.max(marginOf(lifetime), minMargin) + (agesWhileOpen ? openLimit : 0);
}

function describeDeadToken(lifetime: number, left: number, needed: number): string {
  if (lifetime <= 0) return 'a token should be alive, but its own expiry says that it was dead on arrival.';
  return `a token should have more than ${formatSeconds(needed)} left when it arrives, but has ${formatSeconds(Math.max(left, 0))}.`;
}

/** The element compares `expiresAt` with the `Date` header, so that a shopper's wrong clock does no harm. */
export function checkClock({ headers, requestedAt, duration }: EndpointResponse): Finding {
  const date = headers.get('Date');
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return warning('clock', `\`Date\` should be the time of the response, but was ${formatHeader(date)}.`);
  const early = requestedAt.wall - time;
  const late = time - (requestedAt.wall + duration);
  const off = Math.max(early, late);
  if (off <= clockTolerance) return ok('clock', "`Date` agrees with this machine's clock.");
  return warning(
    'clock',
    `\`Date\` should agree with this machine's clock, but is ${formatSeconds(off)} ${early > late ? 'behind' : 'ahead'}.`,
  );
}

function readDate({ headers }: EndpointResponse): number | undefined {
  const date = Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}

/** By provider, the path in `config` of a value that it accepts only once. */
const singleUsePaths: Readonly<Record<string, readonly string[]>> = {
  payme: ['payload', 'merchant_operation_number'],
  izipay: ['transactionId'],
};

/** Checks that two responses share neither the token nor another value that works once. */
export function checkUniqueness(first: ReadToken, next: ReadToken, { body }: CheckTarget): Finding[] {
  const path = singleUsePaths[body.provider] ?? [];
  const [one, other] = [first, next].map(({ config }) => getValue(config, path));
  return collectFindings(
    [
      first.token === next.token && wrong('new', 'each request should get its own token, but two requests got the same one.'),
      path.length > 0 &&
        one !== undefined &&
        one === other &&
        wrong('new', `\`config.${path.join('.')}\` should be new for each token, but two tokens had the same one.`),
    ],
    ok('new', 'each request gets its own token.'),
  );
}

function getValue(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (Object(inner) as Record<string, unknown>)[key], value);
}
