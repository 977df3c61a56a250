import { asText, demand, type Json } from '../http.js';
import type { Bound, Call, Realm } from './realm.js';

interface Rule {
  readonly least: number;
  readonly most: number;
  readonly pattern?: RegExp;
}

/** The table of the seed, "Cuerpo de la Solicitud", and of the documentation for `transactionId`. */
const rules: Readonly<Record<string, Rule>> = {
  transactionId: { least: 5, most: 40, pattern: /^[0-9a-zA-Z]+$/ },
  requestSource: { least: 6, most: 10, pattern: /^(ECOMMERCE|REFUND)$/ },
  merchantCode: { least: 1, most: 15 },
  orderNumber: { least: 5, most: 15 },
  publicKey: { least: 16, most: 400 },
  amount: { least: 4, most: 13, pattern: /^\d+\.\d{2}$/ },
};

/** `POST /security/v1/Token/Generate` (seed, "Generar Token de Sesión"). Its errors are ours: the real ones are not published. */
export function generateToken(call: Call): Json {
  const { realm, headers, body, fault } = call;
  const fields = { ...body, transactionId: headers.get('transactionid') ?? '' };
  for (const name of Object.keys(rules)) demandField(name, asText(Reflect.get(fields, name)));
  const { merchantCode, publicKey } = realm.settings;
  demand(body.merchantCode === merchantCode && body.publicKey === publicKey, 401, 'The merchant code or the public key is wrong.');
  if (fault === 'refused') return { code: '96', message: 'Comercio no habilitado', response: {} };
  if (fault === 'without-token') return { code: '00', message: 'OK', response: {} };
  const token = issueToken(realm, fields as unknown as Bound);
  if (fault === 'capitals') return { Code: '00', Message: 'OK', Response: { Token: token } };
  return { code: '00', message: 'OK', response: { token, userOrg: '', userScoring: '' } };
}

function demandField(name: string, value: string): void {
  const { least, most, pattern } = rules[name] as Rule;
  demand(value.length >= least && value.length <= most, 400, `\`${name}\` should have ${least} to ${most} characters.`);
  demand(pattern?.test(value) ?? true, 400, `\`${name}\` is not written as the documentation says.`);
}

/** A JWT with the claims of a recorded one of November 2025. */
function issueToken({ environment, settings, tokens }: Realm, bound: Bound): string {
  const { transactionId, merchantCode, orderNumber, amount } = bound;
  const iat = Math.floor(settings.now() / 1000);
  const claims = {
    ...{ merchantCode, facilitatorCode: '0', transactionId, OrderNumber: orderNumber, Amount: amount },
    // Opaque in the real one; here it tells a library that came without a script which environment it is in.
    TokenId: `${environment}:${crypto.randomUUID()}`,
    ...{ nbf: iat, exp: iat + settings.tokenLifetime, iat },
  };
  const token = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => urlSafe(JSON.stringify(part))).join('.') + `.${secret()}`;
  tokens.set(token, { transactionId, merchantCode, orderNumber, amount, diesAt: settings.now() + settings.tokenLifetime * 1000 });
  return token;
}

/** Takes the token out of the hands of whoever brings it. None if it is unknown, spent or dead. */
export function spendToken(realm: Realm, token: string): Bound | undefined {
  const bound = realm.tokens.get(token);
  realm.tokens.delete(token);
  return bound && realm.settings.now() < bound.diesAt && !isDead(realm) ? bound : undefined;
}

function isDead({ faults }: Realm): boolean {
  if (typeof faults.deadTokens !== 'number') return faults.deadTokens ?? false;
  return faults.deadTokens > 0 && faults.deadTokens-- > 0;
}

function secret(): string {
  return urlSafe(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
}

function urlSafe(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
