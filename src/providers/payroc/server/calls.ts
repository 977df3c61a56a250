import * as z from 'zod/mini';
import type { Schema } from '../../../shared/schema.js';
import type { BearerGrant } from '../../../server/bearers.js';
import { check } from '../../../server/check.js';
import { readSeconds } from '../../../server/lifetime.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { hosts, modes, sessionAnswer } from '../contract.js';
import type { PayrocEnvironment, PayrocForm, PayrocMode, SessionAnswer } from '../contract.js';
import { readErrorReason } from './error-reason.js';

/** The ways in which a customer can agree to an ACH payment (documentation, `secCode`). */
export const secCodes = ['web', 'tel', 'ccd', 'ppd'] as const;

/** A merchant's terminal at Payroc, in one of its environments. */
export interface Account {
  readonly environment: PayrocEnvironment;
  readonly apiKey: string;
  readonly processingTerminalId: string;
  readonly scenario: PayrocMode;
  readonly form: PayrocForm;
  readonly secCode: (typeof secCodes)[number];
}

/** The bearer and the `Idempotency-Key` of a call. */
export interface CallAuth {
  readonly bearer: string;
  /** UUID v4. */
  readonly key: string;
}

const stringOfLength = (min: number, max: number) =>
  z.string().check(z.regex(new RegExp(`^.{${min},${max}}$`), `should have ${min} to ${max} characters`));

/** A schema for a header's value, which takes only these characters. */
const headerValue = (what: string) => z.string().check(z.regex(/^[\x21-\x7e]+$/, `should be ${what}, without spaces`));

export const apiKey = () => headerValue('an API key');
/** Documented as a path parameter of 4 to 50 characters. */
export const terminalId = () => stringOfLength(4, 50);
export const secureTokenId = () => stringOfLength(1, 200);
export const singleUseToken = () => z.string().check(z.regex(/^[\x21-\x7e]{1,256}$/, 'should be a single-use token'));

const bearerResponse = z.lazy(() =>
  z.object({
    access_token: headerValue('a bearer token'),
    // A bearer with an odd lifetime still works.
    expires_in: z.optional(z.unknown()),
  }),
);

/** Seconds that a bearer lives if the response does not say (documentation: `expires_in: 3600`). */
const bearerLifetime = 3600;

/** Creates the grant for `POST /authorize`, which has no body: a bearer for all other calls. */
export function createBearerGrant({ environment, apiKey }: Account): BearerGrant {
  return {
    provider: 'payroc',
    environment,
    clientId: apiKey,
    async request(send) {
      const url = `${hosts[environment].identity}/authorize`;
      const headers = { 'x-api-key': apiKey };
      const name = 'Payroc POST /authorize';
      const response = await send({ name, method: 'POST', url, headers, responseSchema: bearerResponse, readReason: readErrorReason });
      return { bearer: response.access_token, expiresIn: readSeconds(response.expires_in, bearerLifetime) };
    },
  };
}

/** The body in the seed's table. */
const sessionBody = z.lazy(() => z.object({ libVersion: z.string(), scenario: z.enum(modes), secureTokenId: z.optional(secureTokenId()) }));

/** Creates the call `POST …/hosted-fields-sessions` (seed, "Generate a session token"). */
export function createSessionCall(account: Account, savedTokenId: string | undefined, pass: CallAuth): UpstreamCall<SessionAnswer> {
  const { libVersion } = hosts[account.environment];
  const body = { libVersion, scenario: account.scenario, ...(savedTokenId !== undefined && { secureTokenId: savedTokenId }) };
  const name = 'Payroc POST /hosted-fields-sessions';
  const checked = check('upstream-request', sessionBody, body, name);
  return createPost(account, pass, {
    name,
    path: `${buildTerminalPath(account)}/hosted-fields-sessions`,
    body: checked,
    responseSchema: sessionAnswer,
  });
}

/** Milliseconds for a call that waits for a bank. The bank completes a call that times out, but its outcome stays unknown. */
export const bankTimeout = 10_000;

interface Get<T> {
  readonly name: string;
  /** The path below `/v1/`, with each part encoded. */
  readonly path: string;
  readonly responseSchema: Schema<T>;
}

export interface Post<T> extends Get<T> {
  /** Absent for a request without a body. */
  readonly body?: object;
}

export function createGet<T>({ environment }: Account, bearer: string, { name, path, responseSchema }: Get<T>): UpstreamCall<T> {
  const url = `${hosts[environment].api}/v1/${path}`;
  return { name, method: 'GET', url, headers: { Authorization: `Bearer ${bearer}` }, responseSchema, readReason: readErrorReason };
}

export function createPost<T>(
  { environment }: Account,
  { bearer, key }: CallAuth,
  { name, path, body, responseSchema }: Post<T>,
): UpstreamCall<T> {
  const url = `${hosts[environment].api}/v1/${path}`;
  const type = body && { 'Content-Type': 'application/json' };
  const headers = { ...type, Authorization: `Bearer ${bearer}`, 'Idempotency-Key': key };
  return { name, method: 'POST', url, headers, ...(body && { body }), responseSchema, readReason: readErrorReason };
}

export function buildTerminalPath({ processingTerminalId }: Account): string {
  return `processing-terminals/${encodeURIComponent(processingTerminalId)}`;
}
