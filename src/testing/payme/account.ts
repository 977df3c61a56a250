import type { PaymeEnvironment } from '../../providers/payme/contract.js';
import type { ApiCall, ApiAccount, Clock } from '../api.js';
import { refuseUnless } from '../http.js';
import { requireBearer, type Tokens } from '../tokens.js';
import type { PaymeApiFaults } from './faults.js';
import type { Operation } from './transaction.js';

/** The merchant's credentials, the lifetimes, and the clock. */
export interface PaymeSettings extends Clock {
  readonly clientId: string;
  readonly clientSecret: string;
  /** If absent, every merchant code is accepted. */
  readonly merchantCode?: string;
  /** Seconds. */
  readonly nonceLifetime: number;
  /** Seconds. */
  readonly bearerLifetime: number;
  /** Seconds after which a pending payment is paid. */
  readonly pendingTime: number;
  /** Seconds after which a pending payment expires. */
  readonly pendingLifetime: number;
  /** Seconds for which the form's result screen counts down. */
  readonly countdown: number;
}

export interface Account extends ApiAccount<PaymeEnvironment, PaymeSettings, PaymeApiFaults> {
  readonly bearers: Tokens<{ readonly scopes: readonly string[] }>;
  readonly nonces: Tokens;
  readonly operations: Map<string, Operation>;
}

export type Call = ApiCall<Account>;

export function createAccount(environment: PaymeEnvironment, settings: PaymeSettings, faults: PaymeApiFaults): Account {
  return { environment, settings, faults, bearers: new Map(), nonces: new Map(), operations: new Map() };
}

/**
 * Returns the bearer of a call after checking its scopes.
 *
 * @throws {Refusal} 401 for a bearer that is missing, malformed, unknown or expired; 403 for one without the scopes
 */
export function requireScopes(call: Call, scopes: readonly string[]): string {
  const [token, bearer] = requireBearer(call);
  refuseUnless(
    scopes.every((scope) => bearer.scopes.includes(scope)),
    403,
    'The bearer lacks the scope.',
  );
  return token;
}
