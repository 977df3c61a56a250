import fc from 'fast-check';
import { createStandIns } from '../../src/testing.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { openShop } from '../support/shop.js';
import { anything, valueOf } from './payloads.js';
import { fuzzOf } from './provider-fuzz.js';
import { token } from './secret.js';
import { anyJson, mutations, oddities, withoutTokenIn } from './values.js';

/** What an endpoint answers; or what the page's own `requestToken` does instead. */
export type Answer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly end: 'whole' | 'broken off' | 'never comes';
    }
  | { readonly given: unknown }
  | { readonly thrown: unknown };

/** What the providers' own words and the instructions for the shopper are under, which reach errors and states; no token stands there. */
const words = ['message', 'Message', 'title', 'value', 'instructions', 'errorCode', 'errorMessage'];

const dates = [
  '',
  'yesterday',
  '2026-03-01',
  '2026-03-01T12:00:20',
  '2026-03-01T12:00:20Z',
  '2026-03-01T14:00:20+02:00',
  '2025-01-01T00:00:00Z',
];
const oddDates = [...dates, '9999-12-31T23:59:59.999Z', '+275760-09-13T00:00:00.001Z', '-000001-01-01T00:00:00Z', '2026-02-30T00:00:00Z'];
const httpDates = ['Sun, 01 Mar 2026 12:00:00 GMT', 'Sun, 01 Mar 2026 12:00:05 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', '-1', 'soon', ''];
const types = ['application/json', 'application/problem+json', 'text/html; charset=utf-8', 'text/event-stream', '', ';', 'x'.repeat(2_000)];

/** Only the claims of a JWT count, because the page cannot verify its signature. */
const jwt = fc
  .record({ iat: oddities, exp: oddities }, { requiredKeys: [] })
  .map((claims) => `e30.${btoa(encodeURIComponent(JSON.stringify(claims)).slice(0, 99))}.${token}`);

const outcomeNames = ['paid', 'authorized', 'saved', 'pending', 'declined'];
const outcomes = fc.constantFrom(...outcomeNames, 'Paid', 'paid ', ['paid'], { outcome: 'paid' }, true);

/** What is odd at places that we read. */
const special = {
  expiresIn: oddities,
  expires_in: oddities,
  expiresAt: fc.oneof(oddities, fc.constantFrom(...oddDates)),
  provider: fc.constantFrom(...providerNames, 'Payme', token, 7),
  environment: fc.constantFrom('sandbox', 'production', 'test', 'SANDBOX', token, null),
  token: fc.oneof(fc.constant(token), jwt, anyJson),
  sessionToken: fc.oneof(fc.constant(token), jwt, anyJson),
  'response.token': fc.oneof(fc.constant(token), jwt, anyJson),
  config: anyJson,
  outcome: fc.oneof(outcomes, anyJson),
  instructions: anyJson,
  data: fc.oneof(fc.constant({ token, expiresIn: 30 }), anyJson),
  code: fc.constantFrom('00', '05', '', 0, token),
  success: fc.constantFrom('true', 'false', false, 0, token),
  type: fc.constantFrom('https://docs.payroc.com/api/errors#unauthorized', 'urn:pay-checkout:problem:mismatch', token),
};

/** As `openShop` answers, and as each provider does itself: its yes and its no. */
export async function goodAnswers(provider: ProviderName): Promise<object[]> {
  const body = JSON.stringify({ provider, environment: 'sandbox', order: 'A-1001' });
  const request = new Request('/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const response = await openShop(createStandIns()).token(request);
  const answer = (await response.json()) as { config: object };
  return [{ ...answer, token }, ...fuzzOf(provider).tokenAnswers(answer.config), problem];
}

const problem = { type: 'about:blank', title: 'No', status: 502, retryable: false };

/** Answers of a token endpoint that begin as one of `good`. */
export function answersLike(good: readonly object[]): fc.Arbitrary<Answer> {
  return answersOf(fc.oneof(...good.map((one) => mutations(one, special))).map((one) => withoutTokenIn(words, one)));
}

/** Answers of an outcome endpoint. */
export function outcomesLike(): fc.Arbitrary<Answer> {
  const details = { instructions: oddities, 'instructions.cip': oddities, reason: fc.constantFrom('returned', 'refunded', null, 7) };
  const like = outcomeNames.map((outcome) => mutations({ outcome }, { outcome: outcomes, data: outcomes, ...details }));
  return answersOf(fc.oneof(...like)).filter((answer) => !('given' in answer));
}

function answersOf(like: fc.Arbitrary<unknown>): fc.Arbitrary<Answer> {
  const json = fc.oneof({ weight: 8, arbitrary: like }, { weight: 1, arbitrary: anyJson });
  const texts = json.map((value) => JSON.stringify(value));
  const body = fc.oneof(
    { weight: 12, arbitrary: texts },
    { weight: 1, arbitrary: texts.map((text) => `{"data": ${text}, "__proto__": ${text}, "constructor": {"prototype": ${text}}}`) },
    { weight: 1, arbitrary: fc.tuple(texts, fc.nat(60)).map(([text, length]) => text.slice(0, length)) },
    { weight: 1, arbitrary: fc.string().map((text) => `${text} ${token}`) },
  );
  const response = fc.record({ status: statuses, headers, body, end: ends });
  return fc.oneof({ weight: 30, arbitrary: response }, fc.record({ given: fc.oneof(json, anything) }), fc.record({ thrown: anything }));
}

const ends = fc.oneof(
  { weight: 100, arbitrary: fc.constant('whole' as const) },
  { weight: 1, arbitrary: fc.constantFrom('broken off' as const, 'never comes' as const) },
);

const statuses = fc.oneof({ weight: 12, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) });

const rarely = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, value);
const headers = fc
  .record({
    Date: rarely(fc.constantFrom(...httpDates)),
    'Retry-After': rarely(fc.constantFrom('0', '3', '11', '-1', '1e3', '99999999999999999999', ...httpDates)),
    'Content-Type': rarely(fc.constantFrom(...types, `${token}/json`)),
  })
  .map((given) => JSON.parse(JSON.stringify(given)) as Record<string, string>);

export async function send(answer: Answer): Promise<Response | object> {
  if ('given' in answer) return valueOf(answer.given) as object;
  if ('thrown' in answer) throw valueOf(answer.thrown);
  const { status, headers, body, end } = answer;
  if (end === 'never comes') return new Promise(() => {});
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : end === 'broken off' ? brokenAfter(body) : body, { status, headers });
}

function brokenAfter(body: string): ReadableStream {
  let isFirst = true;
  return new ReadableStream({
    pull(controller) {
      if (isFirst) controller.enqueue(new TextEncoder().encode(body));
      else controller.error(new TypeError(`network error ${token}`));
      isFirst = false;
    },
  });
}
