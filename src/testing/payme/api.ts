import { hosts, nonceLifetime, type PaymeEnvironment } from '../../providers/payme/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import type { Json } from '../http.js';
import { consultCharge, deleteCharge, describeNotification, getCharge, openSession, settleOperation, submitCharge } from './charges.js';
import type { PaymeApiFaults } from './faults.js';
import { refuse } from './responses.js';
import { NotificationSigner } from './notification-signer.js';
import { createAccount, type PaymeSettings, type Account } from './account.js';
import { clientToken, createNonce, redeemNonce } from './tokens.js';
import type { PlayedState } from './types.js';

/** Every option has a default: the documentation's sample values, 30 s for a nonce, 8600 s for a bearer, and the machine's clock. */
export interface PaymeApiOptions extends Partial<PaymeSettings> {
  faults?: PaymeApiFaults;
}

/** An in-memory imitation of Pay-me's HTTP API. */
export interface PaymeApi extends StandInApi<PaymeApiFaults> {
  /**
   * Moves the last payment of an operation to a state, as when a shopper scans the QR code (`AUTORIZADO`), Pay-me settles
   * (`LIQUIDADO`, `DEPOSITADO`), or the payment is reversed (`EXTORNADO`). Returns whether there is such a payment.
   */
  settle(operation: string, state: PlayedState): boolean;
  /** Returns the public key for `payme({ notificationKey })`, as PEM. */
  notificationKey(): Promise<string>;
  /** Signs the notifications from now on with a new key, which `notificationKey` then returns. */
  rotateNotificationKey(): void;
  /**
   * Creates the signed notification that Pay-me posts to `url` about an operation. Pass it to `pay.notifications.payme`.
   *
   * @throws {Error} if the operation has no payment
   */
  notification(operation: string, url: string): Promise<Request>;
}

const isRedemption = (body?: Json): boolean => body?.grant_type === 'nonce';

const routes: readonly Route<Account, 'auth' | 'api' | 'capture'>[] = [
  { host: 'auth', call: 'POST /token', when: isRedemption, fault: 'redeem', respond: redeemNonce },
  { host: 'auth', call: 'POST /token', fault: 'token', respond: clientToken },
  { host: 'auth', call: 'POST /nonce', fault: 'nonce', respond: createNonce },
  { host: 'api', call: 'GET /charges/*/*/*', fault: 'charges', respond: getCharge },
  { host: 'api', call: 'DELETE /charges/*/*', fault: 'charges', respond: deleteCharge },
  { host: 'capture', call: 'POST /flex-capture/flex-session', fault: 'session', respond: openSession },
  { host: 'capture', call: 'POST /flex-capture/charges', fault: 'submit', respond: submitCharge },
  { host: 'capture', call: 'POST /flex-capture/consult', fault: 'consult', respond: consultCharge },
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

/** Creates an API that shares no state with any other. */
export function createPaymeApi({ faults = {}, ...options }: PaymeApiOptions = {}): PaymeApi {
  const settings = { ...defaults, ...options };
  const accounts = (Object.keys(hosts) as PaymeEnvironment[]).map((environment) => createAccount(environment, settings, faults));
  const signer = new NotificationSigner();
  return {
    ...createApi({ provider: 'Pay-me', accounts, faults, hosts, routes, wrongTypeStatus: 400, refuse }),
    settle: (operation, state) => accounts.some((account) => settleOperation(account, operation, state)),
    notificationKey: () => signer.publicKey(),
    rotateNotificationKey: () => signer.rotate(),
    async notification(operation, url) {
      const description = accounts.map((account) => describeNotification(account, operation)).find(Boolean);
      if (!description) throw new Error('That operation has no payment.');
      return signer.notification(url, description);
    },
  };
}
