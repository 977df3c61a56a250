import { hosts, nonceLifetime, type PaymeEnvironment } from '../../providers/payme/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import type { Json } from '../http.js';
import { consultCharge, deleteCharge, describeLast, getCharge, openSession, settleOperation, submitCharge } from './charges.js';
import type { PaymeApiFaults } from './faults.js';
import { refuse } from './responses.js';
import { NotificationSigner } from './notification-signer.js';
import { createAccount, type PaymeSettings, type Account } from './account.js';
import { clientToken, createNonce, redeemNonce } from './tokens.js';
import type { FlexState } from './types.js';

/** All of it has a default: the documentation's sample values, 30 s for a nonce, 8600 s for a bearer, the clock of the machine. */
export interface PaymeApiOptions extends Partial<PaymeSettings> {
  faults?: PaymeApiFaults;
}

/** Pay-me's HTTP API, imitated in memory. */
export interface PaymeApi extends StandInApi<PaymeApiFaults> {
  /** Puts the last payment of an operation into a state at once, as a shopper who scans the code does. Says whether there was one. */
  settle(operation: string, state: FlexState): boolean;
  /** The key for `payme({ notificationKey })`. */
  notificationKey(): Promise<string>;
  /**
   * What Pay-me would post to `url` of an operation now, signed: hand it to `pay.notifications.payme`.
   *
   * @throws {Error} where nobody has tried to pay it
   */
  notification(operation: string, url: string): Promise<Request>;
}

const isRedemption = (body?: Json): boolean => body?.grant_type === 'nonce';

const routes: readonly Route<Account, 'auth' | 'api' | 'capture'>[] = [
  { host: 'auth', call: 'POST /token', when: isRedemption, fault: 'redeem', answer: redeemNonce },
  { host: 'auth', call: 'POST /token', fault: 'token', answer: clientToken },
  { host: 'auth', call: 'POST /nonce', fault: 'nonce', answer: createNonce },
  { host: 'api', call: 'GET /charges/*/*/*', fault: 'charges', answer: getCharge },
  { host: 'api', call: 'DELETE /charges/*/*', fault: 'charges', answer: deleteCharge },
  { host: 'capture', call: 'POST /flex-capture/flex-session', fault: 'session', answer: openSession },
  { host: 'capture', call: 'POST /flex-capture/charges', fault: 'submit', answer: submitCharge },
  { host: 'capture', call: 'POST /flex-capture/consult', fault: 'consult', answer: consultCharge },
];

const defaults: PaymeSettings = {
  clientId: 'your_client_id',
  clientSecret: 'your_client_secret',
  nonceLifetime,
  bearerLifetime: 8600,
  pendingTime: 4,
  pendingLifetime: 120,
  countdown: 10,
  now: () => Date.now(),
};

/** An API of its own, that shares nothing with another one. */
export function createPaymeApi({ faults = {}, ...options }: PaymeApiOptions = {}): PaymeApi {
  const settings = { ...defaults, ...options };
  const accounts = (Object.keys(hosts) as PaymeEnvironment[]).map((environment) => createAccount(environment, settings, faults));
  const signer = new NotificationSigner();
  return {
    ...createApi({ provider: 'Pay-me', accounts, faults, hosts, routes, wrongType: 400, refuse }),
    settle: (operation, state) => accounts.some((account) => settleOperation(account, operation, state)),
    notificationKey: () => signer.publicKey(),
    async notification(operation, url) {
      const said = accounts.map((account) => describeLast(account, operation)).find(Boolean);
      if (!said) throw new Error('Nobody has tried to pay that operation.');
      return signer.notification(url, said);
    },
  };
}
