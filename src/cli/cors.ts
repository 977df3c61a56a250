import type { Answer, Ask } from './ask.js';
import { ok, unless, warning, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { shown } from './shown.js';

/** No page is there: the name can never be registered. */
const foreign = 'https://pay-checkout-check.invalid';

/** What a browser asks before it lets a page elsewhere post JSON. */
export async function preflightOf(ask: Ask, options: CheckOptions): Promise<Finding[]> {
  const asked = ['content-type', ...options.headers.map(([name]) => name.toLowerCase()).filter((name) => name !== 'cookie')];
  const answer = await ask(preflight(asked, options.origin));
  const { status, headers } = answer;
  const allowed = namesIn(headers, 'Access-Control-Allow-Headers');
  const isWild = allowed.includes('*') && options.credentials !== 'include';
  const missing = isWild ? [] : asked.filter((name) => !allowed.includes(name));
  return unless(
    [
      (status < 200 || status >= 300) && wrong('preflight', `should be answered with 204, but was with ${status}.`),
      ...grantFaults('preflight', answer, options),
      missing.length > 0 && wrong('preflight', `\`Access-Control-Allow-Headers\` should have ${missing.join(', ')}, but has not.`),
    ],
    ok('preflight', `${status} for ${options.origin}.`),
  );
}

/** Whether the page may read the answer itself, and what of it. */
export function grantOf(answer: Answer, options: CheckOptions): Finding[] {
  const { headers } = answer;
  const exposed = namesIn(headers, 'Access-Control-Expose-Headers');
  const hidden = ['Date', 'Retry-After'].filter((name) => !exposed.includes(name.toLowerCase()) && !exposed.includes('*'));
  const varies = namesIn(headers, 'Vary').some((name) => name === 'origin' || name === '*');
  return unless(
    [
      ...grantFaults('cors', answer, options),
      hidden.length > 0 && warning('cors', `\`Access-Control-Expose-Headers\` should have ${hidden.join(', ')}, but has not.`),
      headers.get('Access-Control-Allow-Origin') !== '*' && !varies && warning('cors', '`Vary` should have Origin, but has not.'),
    ],
    ok('cors', `${options.origin} may read the answer, ${['Date', 'Retry-After'].join(' and ')} included.`),
  );
}

function grantFaults(check: string, { headers }: Answer, { origin, credentials }: CheckOptions): (Finding | false)[] {
  const granted = headers.get('Access-Control-Allow-Origin');
  const withCookies = credentials === 'include';
  const isGranted = granted === origin || (granted === '*' && !withCookies);
  return [
    !isGranted && wrong(check, `\`Access-Control-Allow-Origin\` should be ${origin}, but was ${shown(granted)}.`),
    withCookies &&
      headers.get('Access-Control-Allow-Credentials') !== 'true' &&
      wrong(
        check,
        `\`Access-Control-Allow-Credentials\` should be true, but was ${shown(headers.get('Access-Control-Allow-Credentials'))}.`,
      ),
  ];
}

/** Whether any page of the world may ask with a shopper's cookie, and read the token. */
export async function strangersOf(ask: Ask, body: object): Promise<Finding> {
  const answers = [await ask(preflight(['content-type'], foreign)), await ask({ body, origin: foreign })];
  const grants = answers.map(({ headers }) => ({
    origin: headers.get('Access-Control-Allow-Origin'),
    withCookies: headers.get('Access-Control-Allow-Credentials') === 'true',
  }));
  const open = grants.filter(({ origin }) => origin === foreign || origin === '*');
  if (open.some(({ withCookies }) => withCookies)) {
    return wrong('strangers', 'an origin that is not listed should be granted nothing, but may use the cookies of your shoppers.');
  }
  if (open.length > 0) return warning('strangers', 'an origin that is not listed should be granted nothing, but may read the answers.');
  return ok('strangers', 'an origin that is not listed is granted nothing.');
}

function preflight(headers: readonly string[], origin: string) {
  const asked = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': headers.join(',') };
  return { method: 'OPTIONS', origin, headers: asked } as const;
}

function namesIn(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? '').split(',').map((one) => one.trim().toLowerCase());
}
