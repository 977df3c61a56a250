import { hosts, nonceLifetime, type PaymeEnvironment } from '../../providers/payme/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import type { Json } from '../http.js';
import { deleteCharge } from './cancel-charge.js';
import { consultCharge, describeNotification, findLastPayment, getCharge, openSession, submitCharge } from './charges.js';
import type { PaymeApiFaults } from './faults.js';
import { listPayments } from './list-payments.js';
import { endRefunds, refundInPanel } from './played-refund.js';
import { listRefunds, requestRefunds } from './refund-calls.js';
import { refuse } from './responses.js';
import { sampleAccount } from './sample-account.js';
import { NotificationSigner } from './notification-signer.js';
import { settleAll, settleOperation } from './settle-operation.js';
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
   * Settles a payment that is `AUTORIZADO`, or all of them: it becomes `LIQUIDADO`. With a state, moves the payment to that state instead, as
   * when a shopper scans the QR code (`AUTORIZADO`), Pay-me pays out (`DEPOSITADO`), or the payment is reversed (`EXTORNADO`). Returns
   * whether there is such a payment.
   *
   * @param id `payment.id`: the operation number
   */
  settle(id?: string, state?: PlayedState): boolean;
  /**
   * Refunds a payment as in Pay-me's panel. The refund is `REGISTERED` until `endRefunds`. Returns whether Pay-me takes it: only a settled
   * payment by `CARD`, `YAPE` or `CUOTEALO`.
   *
   * @param id `payment.id`
   * @param amount minor units; by default, all that is left
   */
  refund(id: string, amount?: number): boolean;
  /**
   * Ends refunds that are under way, from the panel or from `pay.refund()`. Pay-me takes 2 to 10 days for it. Returns whether there is one.
   *
   * @param id `payment.id`, for all refunds of the payment, or the `id` of one refund
   * @param state `RESOLVED` by default: the money is back
   */
  endRefunds(id: string, state?: 'RESOLVED' | 'REJECTED'): boolean;
  /**
   * Disputes a payment, as the shopper's bank does. Nothing that Pay-me documents shows a dispute, so every answer stays as it is. Returns
   * whether there is such a payment.
   *
   * @param id `payment.id`
   */
  dispute(id: string): boolean;
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
  { host: 'api', call: 'DELETE /charges/*/*', fault: 'cancel', respond: deleteCharge },
  { host: 'api', call: 'POST /refund', fault: 'refund', respond: requestRefunds },
  { host: 'api', call: 'GET /refund/*/*', fault: 'refunds', respond: listRefunds },
  { host: 'capture', call: 'POST /flex-capture/flex-session', fault: 'session', respond: openSession },
  { host: 'capture', call: 'POST /flex-capture/charges', fault: 'submit', respond: submitCharge },
  { host: 'capture', call: 'POST /flex-capture/consult', fault: 'consult', respond: consultCharge },
];

const defaults: PaymeSettings = {
  clientId: sampleAccount.clientId,
  clientSecret: sampleAccount.clientSecret,
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
  const inAny = (change: (account: Account) => boolean) => accounts.map(change).some(Boolean);
  const signer = new NotificationSigner();
  const { clientId, clientSecret, merchantCode = sampleAccount.merchantCode } = settings;
  const credentials = async () => ({ clientId, clientSecret, merchantCode, notificationKey: await signer.publicKey() });
  return {
    ...createApi({ title: 'Pay-me', accounts, faults, hosts, routes, credentials, listPayments, wrongTypeStatus: 400, refuse }),
    settle: (id, state) => inAny((account) => (id === undefined ? settleAll(account) : settleOperation(account, id, state))),
    refund: (id, amount) => inAny((account) => refundInPanel(account, id, amount)),
    endRefunds: (id, state = 'RESOLVED') => inAny((account) => endRefunds(account, id, state)),
    dispute: (id) => inAny((account) => findLastPayment(account, id) !== undefined),
    notificationKey: () => signer.publicKey(),
    rotateNotificationKey: () => signer.rotate(),
    async notification(operation, url) {
      const description = accounts.map((account) => describeNotification(account, operation)).find(Boolean);
      if (!description) throw new Error('That operation has no payment.');
      return signer.notification(url, description);
    },
  };
}
