import { isFaultDue } from '../faults.js';
import { asText, refuseUnless, type Json } from '../http.js';
import { spend, createWebToken } from '../tokens.js';
import type { TokenBinding, Call, Account } from './account.js';

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
  const { account, request, body, fault } = call;
  const fields = { ...body, transactionId: request.headers.get('transactionid') ?? '' };
  for (const name of Object.keys(rules)) requireField(name, asText(Reflect.get(fields, name)));
  const { merchantCode, publicKey } = account.settings;
  refuseUnless(body.merchantCode === merchantCode && body.publicKey === publicKey, 401, 'The merchant code or the public key is wrong.');
  if (fault === 'refused') return { code: '96', message: 'Comercio no habilitado', response: {} };
  if (fault === 'without-token') return { code: '00', message: 'OK', response: {} };
  const token = issueToken(account, fields as unknown as TokenBinding);
  if (fault === 'capitals') return { Code: '00', Message: 'OK', Response: { Token: token } };
  return { code: '00', message: 'OK', response: { token, userOrg: '', userScoring: '' } };
}

function requireField(name: string, value: string): void {
  const { least, most, pattern } = rules[name] as Rule;
  refuseUnless(value.length >= least && value.length <= most, 400, `\`${name}\` should have ${least} to ${most} characters.`);
  refuseUnless(pattern?.test(value) ?? true, 400, `\`${name}\` is not written as the documentation says.`);
}

/** A JWT with the claims of a recorded one of November 2025. */
function issueToken({ environment, settings, tokens }: Account, bound: TokenBinding): string {
  const { transactionId, merchantCode, orderNumber, amount } = bound;
  const iat = Math.floor(settings.now() / 1000);
  const token = createWebToken({
    ...{ merchantCode, facilitatorCode: '0', transactionId, OrderNumber: orderNumber, Amount: amount },
    // Opaque in the real one; here it tells a library that came without a script which environment it is in.
    TokenId: `${environment}:${crypto.randomUUID()}`,
    ...{ nbf: iat, exp: iat + settings.tokenLifetime, iat },
  });
  tokens.set(token, { transactionId, merchantCode, orderNumber, amount, expiresAtMs: settings.now() + settings.tokenLifetime * 1000 });
  return token;
}

/** What the token was made for; none if it is unknown, spent or dead. */
export function spendToken({ tokens, settings, faults }: Account, token: string): TokenBinding | undefined {
  const bound = spend(tokens, token, settings.now());
  return bound && !isFaultDue(faults, 'deadTokens') ? bound : undefined;
}
