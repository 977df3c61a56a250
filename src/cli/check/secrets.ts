import { isRecord } from '../../shared/schema.js';
import type { EndpointResponse } from './send-request.js';
import { ok, collectFindings, warning, wrong, type Finding } from './finding.js';
import { formatKey } from './format.js';

/** Names of secrets that only a backend may know, in lower case and without punctuation. Izipay's `publicKey` creates tokens. */
const credentials = new Set([
  ...['clientsecret', 'secret', 'secretkey', 'accesstoken', 'refreshtoken', 'bearer', 'bearertoken', 'authorization'],
  ...['apikey', 'xapikey', 'hashkey', 'publickey', 'privatekey', 'password'],
]);

/** Names of the token that opens the form. */
const tokenNames = ['token', 'sessiontoken', 'nonce'];
const hints = /secret|password|apikey|hashkey|privatekey|accesstoken|bearer/;
/** Characters. Shorter values are words, as in `passwordHint: "8 letters"`. */
const minSecretLength = 16;
const webToken = /^(bearer )?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i;
const maxDepth = 20;

/**
 * Finds credentials in bodies and headers. The findings name them and never quote their values.
 *
 * @param expected the values that a page must receive, such as the tokens
 */
export function checkSecrets(responses: readonly EndpointResponse[], expected: readonly string[]): Finding[] {
  const places = responses.flatMap(({ json, headers }) => [
    ...findCredentials(json, []),
    ...findCredentials(Object.fromEntries(headers), ['header']),
  ]);
  const found = new Map(
    places.filter(({ value }) => !expected.includes(value)).map((place) => [place.path.map(formatKey).join('.'), place.isNamed]),
  );
  const problems = [...found].map(([path, isNamed]) =>
    isNamed
      ? wrong('secrets', `\`${path}\` should never leave the backend, but is in a response.`)
      : warning('secrets', `\`${path}\` looks like a token for something else; check that a page may see it.`),
  );
  return collectFindings(problems, ok('secrets', 'no response contains a value that is named like a credential or looks like one.'));
}

interface Place {
  readonly path: readonly string[];
  readonly value: string;
  /** Whether its name is that of a credential; otherwise only its value looks like one. */
  readonly isNamed: boolean;
}

function findCredentials(value: unknown, path: readonly string[]): Place[] {
  if (typeof value === 'string') return toCredential(value, path);
  if (path.length > maxDepth) return [];
  if (Array.isArray(value)) return value.flatMap((one) => findCredentials(one, [...path, '[]']));
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => findCredentials(inner, [...path, key])) : [];
}

function toCredential(value: string, path: readonly string[]): Place[] {
  const name = (path.findLast((part) => part !== '[]') ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const isNamed = value !== '' && (credentials.has(name) || (hints.test(name) && value.length >= minSecretLength));
  return isNamed || (webToken.test(value) && !tokenNames.includes(name)) ? [{ path, value, isNamed }] : [];
}
