import { isFaultDue } from '../faults.js';
import { asText, refuseUnless, type Json } from '../http.js';
import { spend, createWebToken } from '../tokens.js';
import type { TokenBinding, Call, Account } from './account.js';

interface Rule {
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern?: RegExp;
}

/** The rules of the seed, "Cuerpo de la Solicitud", and those of the documentation for `transactionId`. */
const rules: Readonly<Record<string, Rule>> = {
  transactionId: { minLength: 5, maxLength: 40, pattern: /^[0-9a-zA-Z]+$/ },
  requestSource: { minLength: 6, maxLength: 10, pattern: /^(ECOMMERCE|REFUND)$/ },
  merchantCode: { minLength: 1, maxLength: 15 },
  orderNumber: { minLength: 5, maxLength: 15 },
  publicKey: { minLength: 16, maxLength: 400 },
  amount: { minLength: 4, maxLength: 13, pattern: /^\d+\.\d{2}$/ },
};

/** `POST /security/v1/Token/Generate` (seed, "Generar Token de Sesión"). Its errors are ours, because the real ones are not published. */
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
  const { minLength, maxLength, pattern } = rules[name] as Rule;
  refuseUnless(
    value.length >= minLength && value.length <= maxLength,
    400,
    `\`${name}\` should have ${minLength} to ${maxLength} characters.`,
  );
  refuseUnless(pattern?.test(value) ?? true, 400, `\`${name}\` does not have the format of the documentation.`);
}

/** Issues a JWT with the claims of a token that was recorded in November 2025. */
function issueToken({ environment, settings, tokens }: Account, bound: TokenBinding): string {
  const { transactionId, merchantCode, orderNumber, amount } = bound;
  const iat = Math.floor(settings.now() / 1000);
  const token = createWebToken({
    ...{ merchantCode, facilitatorCode: '0', transactionId, OrderNumber: orderNumber, Amount: amount },
    // Opaque in the real token. Here it contains the environment, for a library that was installed without a script.
    TokenId: `${environment}:${crypto.randomUUID()}`,
    ...{ nbf: iat, exp: iat + settings.tokenLifetime, iat },
  });
  tokens.set(token, { transactionId, merchantCode, orderNumber, amount, expiresAtMs: settings.now() + settings.tokenLifetime * 1000 });
  return token;
}

/** Spends a token and returns the payment that it was issued for, or `undefined` if it is unknown, spent or expired. */
export function spendToken({ tokens, settings, faults }: Account, token: string): TokenBinding | undefined {
  const bound = spend(tokens, token, settings.now());
  return bound && !isFaultDue(faults, 'deadTokens') ? bound : undefined;
}
