import type { PayrocEnvironment, PayrocMode } from '../../providers/payroc/contract.js';
import type { ApiCall, ApiAccount, Clock } from '../api.js';
import { refuseUnless, type Json } from '../http.js';
import type { Tokens } from '../tokens.js';
import type { NumberDetails } from './cards.js';
import type { PayrocApiFaults } from './faults.js';

/** The merchant's credentials, the lifetimes, and the clock. */
export interface PayrocSettings extends Clock {
  readonly apiKey: string;
  readonly processingTerminalId: string;
  /** Whether the terminal accepts ACH and PAD. */
  readonly bankTransfers: boolean;
  /** Whether the terminal may save cards. */
  readonly tokenization: boolean;
  /** Seconds. */
  readonly bearerLifetime: number;
  /** Seconds. */
  readonly sessionLifetime: number;
  /** Seconds. */
  readonly singleUseLifetime: number;
}

export interface Session {
  readonly terminal: string;
  readonly scenario: PayrocMode;
  /** The fields that were sent. Numbers are masked. */
  readonly fields: Map<string, NumberDetails>;
}

export interface SingleUse {
  readonly details: NumberDetails;
  readonly isBank: boolean;
  used: boolean;
}

/** A card or account that the merchant stored. */
export interface SavedSource {
  readonly token: string;
  readonly status: string;
  readonly source: SingleUse;
}

/** A sale as the API returns it, but for `supportedOperations`, which depend on its state. */
export interface Sale extends Json {
  readonly paymentId: string;
  readonly order: Json & { readonly amount: number; readonly currency: string; readonly dateTime: string };
  readonly refunds: readonly Json[];
  readonly transactionResult: Json;
}

export interface StoredResponse {
  readonly uri: string;
  readonly body: string;
  /** Missing while the first request is pending. */
  readonly response?: Response;
  readonly until: number;
}

export interface Account extends ApiAccount<PayrocEnvironment, PayrocSettings, PayrocApiFaults> {
  readonly bearers: Tokens;
  readonly sessions: Tokens<Session>;
  readonly singleUse: Tokens<SingleUse>;
  /** Saved cards and accounts, by their ids. */
  readonly saved: Map<string, SavedSource>;
  /** The latest first. */
  readonly sales: Sale[];
  /** Chargebacks. No payment shows them. */
  readonly disputes: Json[];
  /** The payment ids of received sales that will be declined. */
  readonly declining: Set<string>;
  /** The first response to each idempotency key. */
  readonly responses: Map<string, StoredResponse>;
}

export type Call = ApiCall<Account>;

export function createAccount(environment: PayrocEnvironment, settings: PayrocSettings, faults: PayrocApiFaults): Account {
  const maps = { bearers: new Map(), sessions: new Map(), singleUse: new Map(), saved: new Map(), responses: new Map() };
  return { environment, settings, faults, sales: [], disputes: [], declining: new Set(), ...maps };
}

/** @throws {Refusal} 403 for a terminal of another merchant */
export function requireTerminal({ account }: Call, terminal: unknown): asserts terminal is string {
  refuseUnless(terminal === account.settings.processingTerminalId, 403, 'The processing terminal is not known to this merchant.');
}
