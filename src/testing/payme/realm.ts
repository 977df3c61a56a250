import type { PaymeEnvironment } from '../../providers/payme/contract.js';
import type { PaymeApiFaults } from './faults.js';
import type { Json } from '../http.js';
import { Refusal } from '../http.js';
import type { Operation } from './transaction.js';

/** What the stand-in knows of its merchant, and its clock. */
export interface PaymeSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Any merchant code will do where there is none. */
  readonly merchantCode?: string;
  /** Seconds. */
  readonly nonceLifetime: number;
  /** Seconds. */
  readonly bearerLifetime: number;
  /** Seconds after which what is pending gets paid. */
  readonly pendingTime: number;
  /** Seconds after which what is pending runs out. */
  readonly pendingLifetime: number;
  /** Seconds for which the form's result screen counts down. */
  readonly countdown: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** One environment: what it has handed out and what was paid there. Nothing in it holds in the other. */
export interface Realm {
  readonly environment: PaymeEnvironment;
  readonly settings: PaymeSettings;
  readonly faults: PaymeApiFaults;
  readonly bearers: Map<string, { readonly scopes: readonly string[]; readonly diesAt: number }>;
  /** The instant in ms at which each unused nonce dies. */
  readonly nonces: Map<string, number>;
  readonly operations: Map<string, Operation>;
}

/** One request, read and routed. */
export interface Call {
  readonly realm: Realm;
  readonly headers: Headers;
  readonly body: Json;
  /** The parts of the path that vary. */
  readonly path: readonly string[];
  readonly signal: AbortSignal;
  /** A fault that is not about the call itself. */
  readonly fault?: string | number;
}

export function createRealm(environment: PaymeEnvironment, settings: PaymeSettings, faults: PaymeApiFaults): Realm {
  return { environment, settings, faults, bearers: new Map(), nonces: new Map(), operations: new Map() };
}

/**
 * The bearer of a call that may do what `scopes` name.
 *
 * @throws {Refusal} 401 for a bearer that is missing, malformed, unknown here or expired; 403 for one without the scope
 */
export function bearerOf({ realm, headers }: Call, scopes: readonly string[]): string {
  const token = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const bearer = realm.bearers.get(token);
  if (!bearer || realm.settings.now() >= bearer.diesAt) throw new Refusal(401, 'The bearer is missing, malformed or expired.');
  if (!scopes.every((scope) => bearer.scopes.includes(scope))) throw new Refusal(403, 'The bearer lacks the scope.');
  return token;
}
