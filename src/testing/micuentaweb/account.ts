import type { Brand } from '../../providers/micuentaweb/contract.js';
import type { ApiAccount, ApiCall, Clock } from '../api.js';
import type { Json } from '../http.js';
import type { Tokens } from '../tokens.js';
import type { MicuentawebApiFaults } from './faults.js';

/** The credentials of the shop, the lifetime of a token, and the clock. */
export interface MicuentawebSettings extends Clock {
  readonly shopId: string;
  /** Begins with `testpassword_` or `prodpassword_`. Authenticates requests, and signs notifications. */
  readonly password: string;
  readonly publicKey: string;
  /** The HMAC-SHA-256 key, which signs payments for the page. */
  readonly hashKey: string;
  /** Seconds. */
  readonly tokenLifetime: number;
}

export type Mode = 'TEST' | 'PRODUCTION';

/** The order that a form token was issued for. */
export interface Order {
  readonly brand: Brand;
  readonly orderId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly formAction: string;
  readonly customer: Json;
  readonly metadata: Json | null;
  readonly ipnTargetUrl: string;
  /** Whether the merchant validates the payment before it is captured. */
  readonly isValidatedByMerchant: boolean;
  /** How many more tries a refused shopper has. */
  readonly retries: number;
  /** Oldest first. */
  readonly transactions: Transaction[];
  /** The notifications that Lyra has sent, oldest first. */
  readonly notifications: SentNotification[];
  isClosed: boolean;
}

export interface Transaction {
  readonly uuid: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly operationType: 'DEBIT' | 'CREDIT' | 'VERIFICATION';
  /** The masked card number. */
  readonly pan: string;
  readonly createdAtMs: number;
  /** The token of the card, if it was saved. */
  readonly paymentMethodToken: string | null;
  detailedStatus: string;
  errorCode: string | null;
  /** Absent until the bank approves the transaction. */
  authorizationNumber?: string;
  /** The code of the bank, such as `51`. */
  detailedErrorCode: string | null;
  /** Minor units. */
  refunded: number;
  isDisputed: boolean;
}

/** The text of a payment when a notification was sent. */
export interface SentNotification {
  readonly uuid: string;
  /** What caused it, such as `PAY` for a payment. */
  readonly source: string;
  readonly answer: string;
}

/**
 * The shop. Sandbox and production have the same hosts, so one account answers for both, and its password decides the environment. All
 * brands share it.
 */
export interface Account extends ApiAccount<'shop', MicuentawebSettings, MicuentawebApiFaults> {
  readonly tokens: Tokens<{ readonly order: Order }>;
  /** Oldest first. */
  readonly orders: Order[];
  /** The payments that wait for 3DS, by id. */
  readonly challenges: Map<string, Challenge>;
}

export interface Challenge {
  readonly order: Order;
  readonly pan: string;
}

export type Call = ApiCall<Account>;

export function createAccount(settings: MicuentawebSettings, faults: MicuentawebApiFaults): Account {
  return { environment: 'shop', settings, faults, tokens: new Map(), orders: [], challenges: new Map() };
}

export function readMode({ settings }: Pick<Account, 'settings'>): Mode {
  return settings.password.startsWith('prodpassword_') ? 'PRODUCTION' : 'TEST';
}

/** Whether the bank has approved a transaction with this `detailedStatus`. */
export function isApproved(detailedStatus: string): boolean {
  return ['ACCEPTED', 'AUTHORISED', 'AUTHORISED_TO_VALIDATE', 'CAPTURED', 'PARTIALLY_AUTHORISED'].includes(detailedStatus);
}

/** Creates the bank's number for an approved transaction. */
export function createAuthorizationNumber(uuid: string): string {
  return uuid.slice(0, 6);
}

/** Creates a number of 32 hexadecimal digits that occurs once. */
export function createUuid(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
