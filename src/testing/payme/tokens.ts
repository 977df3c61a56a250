import { apiVersion, hosts } from '../../providers/payme/contract.js';
import { isFaultDue } from '../faults.js';
import { asText, refuseUnless, type Json } from '../http.js';
import { createSecret, spend, createWebToken } from '../tokens.js';
import { meta } from './responses.js';
import { requireScopes, type Call, type Account } from './account.js';

const knownScopes = ['create:token', 'post:charges', 'get:charges', 'delete:charges', 'offline_access'];

/** `POST /token` with `client_credentials`, which issues the backend's bearer. */
export function clientToken({ account, body }: Call): Json {
  const { clientId, clientSecret } = account.settings;
  refuseUnless(body.action === 'authorize', 400, '`action` should be authorize.');
  refuseUnless(body.grant_type === 'client_credentials', 400, '`grant_type` should be client_credentials or nonce.');
  refuseUnless(body.audience === hosts[account.environment].audience, 400, '`audience` should be that of this environment.');
  refuseUnless(body.client_id === clientId && body.client_secret === clientSecret, 401, 'The client id or secret is wrong.');
  return grant(account, scopesOf(body));
}

/** `POST /token` with `nonce`, which the library sends in `init()`. Spends the nonce. */
export function redeemNonce({ account, body }: Call): Json {
  refuseUnless(body.audience === hosts[account.environment].capture, 400, '`audience` should be the one compiled into the library.');
  const isAlive = spend(account.nonces, asText(body.nonce), account.settings.now()) && !isFaultDue(account.faults, 'deadNonces');
  refuseUnless(isAlive, 401, 'The nonce is unknown, used or expired.');
  return grant(account, scopesOf(body));
}

/** `POST /nonce` (seed "API Nonce"). */
export function createNonce(call: Call): Json {
  const { account, request, body } = call;
  const scopes = asText(body.scope).split(' ').filter(Boolean);
  requireScopes(call, []);
  refuseUnless(request.headers.get('alg-api-version') === apiVersion, 400, `\`ALG-API-VERSION\` should be ${apiVersion}.`);
  refuseUnless(body.action === 'create.nonce', 400, '`action` should be create.nonce.');
  refuseUnless(body.audience === hosts[account.environment].audience, 400, '`audience` should be that of this environment.');
  refuseUnless(body.client_id === account.settings.clientId, 400, '`client_id` should be that of the bearer.');
  refuseUnless(scopes.length > 0, 400, '`scope` should be post:charges.');
  requireScopes(call, ['post:charges', ...scopes]);
  return nonceAnswer(call, scopes.join(' '));
}

function nonceAnswer({ account, fault }: Call, scope: string): Json {
  const action = 'create.nonce';
  if (fault === 'refused') return { action, success: false, nonce_creation: { meta: meta('No se pudo crear el Nonce', '99') } };
  const created = { nonce_creation: { meta: meta('Código Nonce creado') } };
  if (fault === 'without-nonce') return { action, success: true, ...created };
  return { action, success: true, nonce: issueNonce(account), scope, expires_in: account.settings.nonceLifetime, ...created };
}

/** Issues a JWT without its lifetime: it is not known whether Pay-me's nonces can be read, so no code may rely on it. */
function issueNonce({ environment, settings, nonces }: Account): string {
  const nonce = createWebToken({ aud: hosts[environment].audience, jti: createSecret() });
  nonces.set(nonce, { expiresAtMs: settings.now() + settings.nonceLifetime * 1000 });
  return nonce;
}

function grant({ environment, settings, bearers }: Account, scopes: readonly string[]): Json {
  const token = createWebToken({ aud: hosts[environment].audience, jti: createSecret() });
  bearers.set(token, { scopes, expiresAtMs: settings.now() + settings.bearerLifetime * 1000 });
  return {
    action: 'authorize',
    success: true,
    access_token: token,
    scope: scopes.join(' '),
    expires_in: settings.bearerLifetime,
    token_type: 'Bearer',
    authorization: { meta: meta('Autorizado') },
  };
}

function scopesOf(body: Json): readonly string[] {
  const scopes = asText(body.scope).split(' ').filter(Boolean);
  refuseUnless(scopes.length > 0 && scopes.every((scope) => knownScopes.includes(scope)), 401, 'The scope is not granted to this client.');
  return scopes;
}
