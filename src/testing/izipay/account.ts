import type { IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { ApiCall, ApiAccount, Clock } from '../api.js';
import type { Json } from '../http.js';
import type { Tokens } from '../tokens.js';
import type { IzipayApiFaults } from './faults.js';

/** The merchant's credentials, the lifetimes, and the clock. */
export interface IzipaySettings extends Clock {
  readonly merchantCode: string;
  readonly publicKey: string;
  /** The key that signs results. */
  readonly hashKey: string;
  /** Seconds. */
  readonly tokenLifetime: number;
}

/** The payment that a token was issued for. The configuration of the form must contain the same values. */
export interface TokenBinding {
  readonly transactionId: string;
  readonly merchantCode: string;
  readonly orderNumber: string;
  readonly amount: string;
}

export interface Account extends ApiAccount<IzipayEnvironment, IzipaySettings, IzipayApiFaults> {
  readonly tokens: Tokens<TokenBinding>;
  /** The forms that were opened, by id. */
  readonly sessions: Map<string, Session>;
  /** The approved payments, oldest first. */
  readonly charges: Charge[];
  /** The saved cards, by token. */
  readonly cards: Map<string, SavedCard>;
}

export interface Session extends TokenBinding {
  readonly currency: string;
  readonly merchantBuyerId: string;
  /** The page's URL for notifications. */
  readonly urlIPN: string;
  /** The page's `action`, to which the token is not bound. */
  readonly action: string;
  /** The page's `processType`, to which the token is not bound. */
  readonly processType: string;
  /** The token of the saved card that the form offers. */
  readonly cardToken: string;
  isPaid: boolean;
  /** The signed results, oldest first. */
  readonly results: Json[];
  /** The time of the last result, in milliseconds since the epoch. */
  resultAtMs: number;
}

/** An approved payment, with its current state. Izipay's query shows only that it was approved. */
export interface Charge {
  readonly orderNumber: string;
  readonly amount: string;
  readonly currency: string;
  readonly uniqueId: string;
  readonly codeAuth: string;
  /** Milliseconds since the epoch. */
  readonly paidAtMs: number;
  readonly isHold: boolean;
  isCaptured: boolean;
  isCancelled: boolean;
  isSettled: boolean;
  isDisputed: boolean;
  /** Minor units that were refunded in the panel. */
  refunded: number;
}

export interface SavedCard {
  readonly merchantBuyerId: string;
  readonly pan: string;
}

export type Call = ApiCall<Account>;

export function createAccount(environment: IzipayEnvironment, settings: IzipaySettings, faults: IzipayApiFaults): Account {
  return { environment, settings, faults, tokens: new Map(), sessions: new Map(), charges: [], cards: new Map() };
}

/** Creates a number of at most 32 characters that occurs once. */
export function createNumber(length: number): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, length);
}
