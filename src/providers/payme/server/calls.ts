import * as z from 'zod/mini';
import { nonEmptyString } from '../../../shared/zod-schemas.js';
import type { BearerGrant } from '../../../server/bearers.js';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { apiVersion, hosts, nonceAnswer, type NonceAnswer, type PaymeEnvironment } from '../contract.js';

/** A merchant's account at Pay-me, in one of its environments. */
export interface Account {
  readonly environment: PaymeEnvironment;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly merchantCode: string;
  readonly audience: string;
  /** Whether tokens carry the order's reference, so that Pay-me's notification names the order. */
  readonly namesOrder: boolean;
  readonly notificationUrl?: string;
  readonly returnUrl?: string;
}

/** Seconds that a bearer lives if the response does not say (documentation, "Autenticación": `expires_in: 8600`). */
const bearerLifetime = 8600;

export const audience = () => z.string().check(z.regex(/^https:\/\/[^\s/]+\/?$/, 'should be the base URL of an API'));
const seconds = () => z.optional(z.union([z.number(), z.string().check(z.regex(/^\d+$/, 'should be seconds'))]));
/** Responses hold amounts and currencies as numbers or as digits. Anything else cannot be compared safely. */
const digits = () => z.union([z.int(), z.string().check(z.regex(/^\d+$/, 'should be digits'))]);

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

const bearerResponse = z.lazy(() =>
  z.object({
    success: z.optional(z.union([z.boolean(), z.enum(['true', 'false'])])),
    // It is sent in a header, which takes only these characters.
    access_token: z.optional(z.string().check(z.regex(/^[\w.~+/=-]+$/, 'should be a bearer token'))),
    expires_in: seconds(),
  }),
);

const chargeResponse = z.lazy(() =>
  z.object({
    merchant_code: nonEmptyString(),
    operation: z.object({
      merchant_operation_number: digits(),
      amount: digits(),
      currency: digits(),
      transactions: z.array(
        z.object({
          transaction_id: z.union([z.number(), z.string()]),
          state: z.optional(z.string()),
          amount: z.nullish(digits()),
          currency: z.nullish(digits()),
          additional_fields: z.optional(z.unknown()),
        }),
      ),
    }),
  }),
);

export type Charge = z.infer<typeof chargeResponse>;

const json = { 'Content-Type': 'application/json', 'ALG-API-VERSION': apiVersion };

/** Creates the grant for `POST /token`: a bearer for all other calls. */
export function createBearerGrant({ environment, clientId, clientSecret, audience }: Account): BearerGrant {
  const body = {
    action: 'authorize',
    grant_type: 'client_credentials',
    audience,
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'create:token post:charges get:charges',
  };
  return {
    provider: 'payme',
    environment,
    clientId,
    async request(send) {
      const name = 'Pay-me POST /token';
      const checked = check('upstream-request', bearerBody, body, name);
      const url = `${hosts[environment].auth}/token`;
      const response = await send({ name, method: 'POST', url, headers: json, body: checked, responseSchema: bearerResponse });
      const bearer = requireValue(name, response.success ?? true, response.access_token);
      return { bearer, expiresIn: Number(response.expires_in ?? bearerLifetime) };
    },
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

/** Creates the call `GET /charges/…`, which returns Pay-me's own record of a transaction. */
export function createChargeCall(
  { environment, merchantCode }: Account,
  operation: string,
  transaction: string,
  bearer: string,
): UpstreamCall<Charge> {
  const path = [merchantCode, operation, transaction].map(encodeURIComponent).join('/');
  return {
    name: 'Pay-me GET /charges',
    method: 'GET',
    url: `${hosts[environment].api}/charges/${path}`,
    headers: { 'ALG-API-VERSION': apiVersion, Authorization: `Bearer ${bearer}` },
    responseSchema: chargeResponse,
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
