import * as z from 'zod/mini';
import { nonEmptyString } from '../../../shared/zod-schemas.js';
import type { BearerGrant } from '../../../server/bearers.js';
import { check } from '../../../server/check.js';
import { readSeconds } from '../../../server/lifetime.js';
import { Problem } from '../../../server/problem.js';
import type { Send, UpstreamCall } from '../../../server/upstream.js';
import { apiVersion, hosts, nonceAnswer, type NonceAnswer, type PaymeEnvironment } from '../contract.js';

/** A merchant's account at Pay-me, in one of its environments. */
export interface Account {
  readonly environment: PaymeEnvironment;
  readonly clientId: string;
  /** Newest first. */
  readonly clientSecrets: Secrets;
  readonly merchantCode: string;
  readonly audience: string;
  /** Whether the merchant takes notifications. Tokens then carry the order's reference, so that a notification names the order. */
  readonly takesNotifications: boolean;
  readonly notificationUrl?: string;
  readonly returnUrl?: string;
}

export type Secrets = readonly [string, ...string[]];

/** Seconds that a bearer lives if the response does not say (documentation, "Autenticación": `expires_in: 8600`). */
const bearerLifetime = 8600;

export const audience = () => z.string().check(z.regex(/^https:\/\/[^\s/]+\/?$/, 'should be the base URL of an API'));
export const secrets = () => {
  const secret = z.string('should be a secret or a list of secrets').check(z.minLength(1, 'should not be empty'));
  return z.union([secret, z.array(secret).check(z.minLength(1, 'should not be empty'))]);
};

const bearerBody = z.lazy(() =>
  z.object({
    action: z.literal('authorize'),
    grant_type: z.literal('client_credentials'),
    audience: audience(),
    client_id: nonEmptyString(),
    client_secret: nonEmptyString(),
    scope: nonEmptyString(),
  }),
);

/** The fields, formats and enums of the documentation, "API Nonce". */
const nonceBody = z.lazy(() =>
  z.object({ action: z.literal('create.nonce'), audience: audience(), client_id: nonEmptyString(), scope: z.literal('post:charges') }),
);

const bearer = () =>
  z.object({
    success: z.optional(z.union([z.boolean(), z.enum(['true', 'false'])])),
    // It is sent in a header, which takes only these characters.
    access_token: z.optional(z.string().check(z.regex(/^[\w.~+/=-]+$/, 'should be a bearer token'))),
    // A bearer with an odd lifetime still works.
    expires_in: z.optional(z.unknown()),
  });
const bearerResponse = z.lazy(bearer);
type BearerResponse = z.infer<ReturnType<typeof bearer>>;
type IssuedBearer = Awaited<ReturnType<BearerGrant['request']>>;

const json = { 'Content-Type': 'application/json', 'ALG-API-VERSION': apiVersion };

/** Allows tokens and queries. */
const usualScope = 'create:token post:charges get:charges';
/** Allows `DELETE /charges` as well (documentation, "Autenticación"). A merchant's client may lack it, so only that call uses it. */
export const cancelScope = `${usualScope} delete:charges`;

/**
 * Creates the grant for `POST /token`: a bearer for all other calls.
 *
 * @param scope if it is not the usual one, which allows tokens and queries
 */
export function createBearerGrant(account: Account, scope?: string): BearerGrant {
  const { environment, clientId, audience, clientSecrets } = account;
  const request: BearerGrant['request'] = (send) => requestBearer({ ...account, scope }, clientSecrets, send);
  return { provider: 'payme', environment, clientId, audience, ...(scope && { scope }), request };
}

interface BearerAccount extends Account {
  readonly scope?: string;
}

/** Requests a bearer with the newest secret. If Pay-me refuses it, which may not know it yet, requests one with the next. */
async function requestBearer(account: BearerAccount, [secret, ...older]: Secrets, send: Send): Promise<IssuedBearer> {
  try {
    const call = createBearerCall(account, secret);
    const { success = true, access_token: token, expires_in: expiresIn } = await send(call);
    return { bearer: requireValue(call.name, success, token), expiresIn: readSeconds(expiresIn, bearerLifetime) };
  } catch (error) {
    const isRefused = error instanceof Problem && error.kind === 'upstream-credentials';
    if (!isRefused || !hasSecret(older)) throw error;
    return requestBearer(account, older, send);
  }
}

function hasSecret(secrets: readonly string[]): secrets is Secrets {
  return secrets.length > 0;
}

/** Creates the call `POST /token` (documentation, "Autenticación"). */
function createBearerCall(
  { environment, clientId, audience, scope = usualScope }: BearerAccount,
  secret: string,
): UpstreamCall<BearerResponse> {
  const name = 'Pay-me POST /token';
  const body = {
    action: 'authorize',
    grant_type: 'client_credentials',
    audience,
    client_id: clientId,
    client_secret: secret,
    scope,
  };
  return {
    name,
    method: 'POST',
    url: `${hosts[environment].auth}/token`,
    headers: json,
    body: check('upstream-request', bearerBody, body, name),
    responseSchema: bearerResponse,
  };
}

/** Creates the call `POST /nonce` (documentation, "API Nonce"). */
export function createNonceCall({ environment, clientId, audience }: Account, bearer: string): UpstreamCall<NonceAnswer> {
  const name = 'Pay-me POST /nonce';
  const body = { action: 'create.nonce', audience, client_id: clientId, scope: 'post:charges' };
  return {
    name,
    method: 'POST',
    url: `${hosts[environment].auth}/nonce`,
    headers: { ...json, Authorization: `Bearer ${bearer}` },
    body: check('upstream-request', nonceBody, body, name),
    responseSchema: nonceAnswer,
  };
}

/**
 * Returns the requested value of a response. A response with status 200 may report a failure or lack the value.
 *
 * @throws {Problem} `upstream-refused`
 */
export function requireValue(name: string, success: boolean | string, value: string | undefined): string {
  if (String(success) === 'true' && value) return value;
  throw new Problem('upstream-refused', `${name} returned 200 without the requested token.`);
}
