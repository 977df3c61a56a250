import type { PayrocEnvironment, PayrocMode } from '../../providers/payroc/contract.js';
import type { PayrocDetails } from './cards.js';
import type { PayrocApiFaults } from './faults.js';
import { demand, type Json } from './http.js';

/** What the stand-in knows of its merchant, and its clock. */
export interface PayrocSettings {
  readonly apiKey: string;
  readonly processingTerminalId: string;
  /** Whether the terminal takes ACH and PAD, and may save cards. */
  readonly bankTransfers: boolean;
  readonly tokenization: boolean;
  /** Seconds. */
  readonly bearerLifetime: number;
  /** Seconds. */
  readonly sessionLifetime: number;
  /** Seconds that a single-use token lives. */
  readonly singleUseLifetime: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a session token stands for. */
export interface Session {
  readonly terminal: string;
  readonly scenario: PayrocMode;
  readonly diesAt: number;
  /** What was posted of each field; of a number only what is needed. */
  readonly fields: Map<string, PayrocDetails>;
}

export interface SingleUse {
  readonly details: PayrocDetails;
  readonly isBank: boolean;
  readonly diesAt: number;
  used: boolean;
}

export interface Kept {
  readonly uri: string;
  readonly body: string;
  readonly answer: Response;
  readonly until: number;
}

/** One environment: what it has handed out. Nothing in it holds in the other. */
export interface Realm {
  readonly environment: PayrocEnvironment;
  readonly settings: PayrocSettings;
  readonly faults: PayrocApiFaults;
  /** The instant in ms at which each bearer dies. */
  readonly bearers: Map<string, number>;
  readonly sessions: Map<string, Session>;
  readonly singleUse: Map<string, SingleUse>;
  /** Cards and accounts that were saved, by their names. */
  readonly saved: Map<string, string>;
  /** First answers, by idempotency key. */
  readonly kept: Map<string, Kept>;
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

export function createRealm(environment: PayrocEnvironment, settings: PayrocSettings, faults: PayrocApiFaults): Realm {
  const maps = { bearers: new Map(), sessions: new Map(), singleUse: new Map(), saved: new Map(), kept: new Map() };
  return { environment, settings, faults, ...maps };
}

/** @throws {Refusal} 401 for a bearer that is missing, malformed, unknown here or expired */
export function demandBearer({ realm, headers }: Call): void {
  const token = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  demand(realm.settings.now() < (realm.bearers.get(token) ?? 0), 401, 'The bearer is missing, malformed or expired.');
}

/** @throws {Refusal} 403 for a terminal that is not the merchant's */
export function demandTerminal({ realm }: Call, terminal: unknown): asserts terminal is string {
  demand(terminal === realm.settings.processingTerminalId, 403, 'The processing terminal is not known to this merchant.');
}
