import type { EndpointResponse, Sender } from './send-request.js';
import { ok, collectFindings, warning, wrong, type Finding } from './finding.js';
import type { CheckOptions } from './options.js';
import { formatHeader } from './format.js';

/** No page has this origin, because `.invalid` names cannot be registered. */
const unlistedOrigin = 'https://pay-checkout-check.invalid';

/** Response headers that the element reads. */
const exposedHeaders = ['Date', 'Retry-After'];

/** Sends the preflight that a browser sends before a page on another origin may post JSON. */
export async function checkPreflight(send: Sender, options: CheckOptions): Promise<Finding[]> {
  const requested = ['content-type', ...options.headers.map(([name]) => name.toLowerCase()).filter((name) => name !== 'cookie')];
  const response = await send(createPreflight(requested, options.origin));
  const { status, headers } = response;
  const allowed = splitNames(headers, 'Access-Control-Allow-Headers');
  const allowsAll = allowed.includes('*') && options.credentials !== 'include';
  const missing = allowsAll ? [] : requested.filter((name) => !allowed.includes(name));
  return collectFindings(
    [
      (status < 200 || status >= 300) && wrong('preflight', `the status should be 204, but was ${status}.`),
      ...findGrantProblems('preflight', response, options),
      missing.length > 0 && wrong('preflight', `\`Access-Control-Allow-Headers\` should include ${missing.join(', ')}, but does not.`),
    ],
    ok('preflight', `${status} for ${options.origin}.`),
  );
}

/** Checks whether a page on another origin may read the response and its headers. */
export function checkCors(response: EndpointResponse, options: CheckOptions): Finding[] {
  const { headers } = response;
  const exposed = splitNames(headers, 'Access-Control-Expose-Headers');
  const hidden = exposedHeaders.filter((name) => !exposed.includes(name.toLowerCase()) && !exposed.includes('*'));
  const varies = splitNames(headers, 'Vary').some((name) => name === 'origin' || name === '*');
  return collectFindings(
    [
      ...findGrantProblems('cors', response, options),
      hidden.length > 0 && warning('cors', `\`Access-Control-Expose-Headers\` should include ${hidden.join(', ')}, but does not.`),
      headers.get('Access-Control-Allow-Origin') !== '*' && !varies && warning('cors', '`Vary` should include Origin, but does not.'),
    ],
    ok('cors', `${options.origin} may read the response, including ${exposedHeaders.join(' and ')}.`),
  );
}

function findGrantProblems(check: string, { headers }: EndpointResponse, { origin, credentials }: CheckOptions): (Finding | false)[] {
  const granted = headers.get('Access-Control-Allow-Origin');
  const withCookies = credentials === 'include';
  const isAllowed = granted === origin || (granted === '*' && !withCookies);
  return [
    !isAllowed && wrong(check, `\`Access-Control-Allow-Origin\` should be ${origin}, but was ${formatHeader(granted)}.`),
    withCookies &&
      headers.get('Access-Control-Allow-Credentials') !== 'true' &&
      wrong(
        check,
        `\`Access-Control-Allow-Credentials\` should be true, but was ${formatHeader(headers.get('Access-Control-Allow-Credentials'))}.`,
      ),
  ];
}

/** Checks whether any website could send a shopper's cookies and read the token. */
export async function checkUnlistedOrigin(send: Sender, body: object): Promise<Finding> {
  const responses = [await send(createPreflight(['content-type'], unlistedOrigin)), await send({ body, origin: unlistedOrigin })];
  const grants = responses.map(({ headers }) => ({
    origin: headers.get('Access-Control-Allow-Origin'),
    withCookies: headers.get('Access-Control-Allow-Credentials') === 'true',
  }));
  const open = grants.filter(({ origin }) => origin === unlistedOrigin || origin === '*');
  if (open.some(({ withCookies }) => withCookies)) {
    return wrong('strangers', 'an unlisted origin should get no access, but can use the cookies of your shoppers.');
  }
  if (open.length > 0) return warning('strangers', 'an unlisted origin should get no access, but can read the responses.');
  return ok('strangers', 'an unlisted origin gets no access.');
}

function createPreflight(names: readonly string[], origin: string) {
  const headers = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': names.join(',') };
  return { method: 'OPTIONS', origin, headers } as const;
}

function splitNames(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? '').split(',').map((one) => one.trim().toLowerCase());
}
