import type { IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { ApiCall, ApiAccount, Clock } from '../api.js';
import type { Json } from '../http.js';
import type { Tokens } from '../tokens.js';
import type { IzipayApiFaults } from './faults.js';

/** What the stand-in knows of its merchant, and its clock. */
export interface IzipaySettings extends Clock {
  readonly merchantCode: string;
  readonly publicKey: string;
  /** What results are signed with. */
  readonly hashKey: string;
  /** Seconds. */
  readonly tokenLifetime: number;
}

/** What a token was made for: whatever opens a form with it must say the same. */
export interface TokenBinding {
  readonly transactionId: string;
  readonly merchantCode: string;
  readonly orderNumber: string;
  readonly amount: string;
}

export interface Account extends ApiAccount<IzipayEnvironment, IzipaySettings, IzipayApiFaults> {
  readonly tokens: Tokens<TokenBinding>;
  /** The forms that were opened, by id, with what the browser asked for. */
  readonly sessions: Map<string, Session>;
}

export interface Session extends TokenBinding {
  readonly currency: string;
  readonly merchantBuyerId: string;
  /** Where the page asked for the result to be sent. */
  readonly urlIPN: string;
  isPaid: boolean;
  /** What was signed last. */
  result?: Json;
}

export type Call = ApiCall<Account>;

export function createAccount(environment: IzipayEnvironment, settings: IzipaySettings, faults: IzipayApiFaults): Account {
  return { environment, settings, faults, tokens: new Map(), sessions: new Map() };
}
