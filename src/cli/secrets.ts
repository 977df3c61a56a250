import { isRecord } from '../shared/schema.js';
import type { Answer } from './ask.js';
import { ok, unless, warning, wrong, type Finding } from './finding.js';

/** Names of what only a backend may know, without their case and punctuation. Izipay's `publicKey` makes tokens. */
const credentials = new Set([
  ...['clientsecret', 'secret', 'secretkey', 'accesstoken', 'refreshtoken', 'bearer', 'bearertoken', 'authorization'],
  ...['apikey', 'xapikey', 'hashkey', 'publickey', 'privatekey', 'password'],
]);

/** What a token of the form itself is called. */
const tokenNames = ['token', 'sessiontoken', 'nonce'];
const hints = /secret|password|apikey|hashkey|privatekey|accesstoken|bearer/;
/** Shorter ones are words, as in `passwordHint: "8 letters"`. */
const shortestKey = 16;
const webToken = /^(bearer )?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i;
const deepest = 20;

/** Credentials in an answer, headers included. Their names are told, never their values. */
export function secretsIn(answers: readonly Answer[], tokens: readonly string[]): Finding[] {
  const places = answers.flatMap(({ json, headers }) => [...search(json, []), ...search(Object.fromEntries(headers), ['header'])]);
  const found = new Map(
    places.filter(({ value }) => !tokens.includes(value)).map((place) => [place.path.map(shownName).join('.'), place.isNamed]),
  );
  const faults = [...found].map(([path, isNamed]) =>
    isNamed
      ? wrong('secrets', `\`${path}\` should never leave the backend, but is in an answer.`)
      : warning('secrets', `\`${path}\` looks like a token of something else: may a page know it?`),
  );
  return unless(faults, ok('secrets', 'no answer holds anything that is named or looks like a credential.'));
}

interface Place {
  readonly path: readonly string[];
  readonly value: string;
  /** Whether its name says that it is a credential; else it only looks like one. */
  readonly isNamed: boolean;
}

function search(value: unknown, path: readonly string[]): Place[] {
  if (typeof value === 'string') return judge(value, path);
  if (path.length > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => search(one, [...path, '[]']));
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => search(inner, [...path, key])) : [];
}

function judge(value: string, path: readonly string[]): Place[] {
  const name = (path.findLast((part) => part !== '[]') ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const isNamed = value !== '' && (credentials.has(name) || (hints.test(name) && value.length >= shortestKey));
  return isNamed || (webToken.test(value) && !tokenNames.includes(name)) ? [{ path, value, isNamed }] : [];
}

/** A key is a part of the body: only what can be a name is shown. */
function shownName(key: string): string {
  return /^([\w$-]{1,32}|\[\])$/.test(key) ? key : '…';
}
