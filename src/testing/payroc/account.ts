import type { PayrocEnvironment, PayrocMode } from '../../providers/payroc/contract.js';
import type { ApiCall, ApiAccount, Clock } from '../api.js';
import { refuseUnless, type Json } from '../http.js';
import type { Tokens } from '../tokens.js';
import type { NumberDetails } from './cards.js';
import type { PayrocApiFaults } from './faults.js';

/** What the stand-in knows of its merchant, and its clock. */
export interface PayrocSettings extends Clock {
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
}

/** What a session token stands for. */
export interface Session {
  readonly terminal: string;
  readonly scenario: PayrocMode;
  /** What was posted of each field; of a number only what is needed. */
  readonly fields: Map<string, NumberDetails>;
}

export interface SingleUse {
  readonly details: NumberDetails;
  readonly isBank: boolean;
  used: boolean;
}

/** As it was answered. */
export interface Sale extends Json {
  readonly order: Json;
}

export interface StoredResponse {
  readonly uri: string;
  readonly body: string;
  /** Missing while it is under way. */
  readonly answer?: Response;
  readonly until: number;
}

export interface Account extends ApiAccount<PayrocEnvironment, PayrocSettings, PayrocApiFaults> {
  readonly bearers: Tokens;
  readonly sessions: Tokens<Session>;
  readonly singleUse: Tokens<SingleUse>;
  /** Cards and accounts that were saved, by their names. */
  readonly saved: Map<string, string>;
  /** What was sold, the latest first. */
  readonly sold: Sale[];
  /** First answers, by idempotency key. */
  readonly kept: Map<string, StoredResponse>;
}

export type Call = ApiCall<Account>;

export function createAccount(environment: PayrocEnvironment, settings: PayrocSettings, faults: PayrocApiFaults): Account {
  const maps = { bearers: new Map(), sessions: new Map(), singleUse: new Map(), saved: new Map(), kept: new Map() };
  return { environment, settings, faults, sold: [], ...maps };
}

/** @throws {Refusal} 403 for a terminal that is not the merchant's */
export function requireTerminal({ account }: Call, terminal: unknown): asserts terminal is string {
  refuseUnless(terminal === account.settings.processingTerminalId, 403, 'The processing terminal is not known to this merchant.');
}
