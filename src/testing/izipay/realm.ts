import type { IzipayEnvironment } from '../../providers/izipay/contract.js';
import type { Json } from '../http.js';
import type { IzipayApiFaults } from './faults.js';

/** What the stand-in knows of its merchant, and its clock. */
export interface IzipaySettings {
  readonly merchantCode: string;
  readonly publicKey: string;
  /** What results are signed with. */
  readonly hashKey: string;
  /** Seconds. */
  readonly tokenLifetime: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a token was made for: whatever opens a form with it must say the same. */
export interface Bound {
  readonly transactionId: string;
  readonly merchantCode: string;
  readonly orderNumber: string;
  readonly amount: string;
}

/** One environment: what it has handed out. Nothing in it holds in another. */
export interface Realm {
  readonly environment: IzipayEnvironment;
  readonly settings: IzipaySettings;
  readonly faults: IzipayApiFaults;
  /** Each unused token, and the instant in ms at which it dies. */
  readonly tokens: Map<string, Bound & { readonly diesAt: number }>;
  /** The forms that were opened, by id, with what the browser asked for. */
  readonly sessions: Map<string, Session>;
}

export interface Session extends Bound {
  readonly currency: string;
  readonly merchantBuyerId: string;
  isPaid: boolean;
}

/** One request, read and routed. */
export interface Call {
  readonly realm: Realm;
  readonly headers: Headers;
  readonly body: Json;
  readonly signal: AbortSignal;
  /** A fault that is not about the call itself. */
  readonly fault?: string | number;
}

export function createRealm(environment: IzipayEnvironment, settings: IzipaySettings, faults: IzipayApiFaults): Realm {
  return { environment, settings, faults, tokens: new Map(), sessions: new Map() };
}
