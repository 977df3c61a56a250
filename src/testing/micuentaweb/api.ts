import { apiHosts, apiPath, tokenLifetime, type Brand } from '../../providers/micuentaweb/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import { createAccount, type Account, type MicuentawebSettings } from './account.js';
import { BackOffice, type MicuentawebSettlement } from './back-office.js';
import { refuse, respondToShop, respondWith } from './envelope.js';
import type { MicuentawebApiFaults } from './faults.js';
import { listPayments } from './list-payments.js';
import { createLastNotification, createNotifications } from './notification.js';
import { finishChallenge, processPayment } from './payments.js';
import { sampleAccount } from './sample-account.js';
import { createPayment, echoValue } from './tokens.js';
import { cancelOrRefund, cancelTransaction, getOrder, getTransaction, validateTransaction } from './transactions.js';

/** Every option has a default: the public demo shop, 900 s for a token, and the machine's clock. */
export interface MicuentawebApiOptions extends Partial<MicuentawebSettings> {
  faults?: MicuentawebApiFaults;
}

/** An in-memory imitation of Lyra's HTTP API. It answers for the hosts of all brands, with one shop. The password decides the environment. */
export interface MicuentawebApi extends StandInApi<MicuentawebApiFaults> {
  /**
   * Creates the last notification that Lyra sent about a payment.
   *
   * @param id `payment.id`, or the `orderId`
   * @param url replaces the `ipnTargetUrl` of the token
   * @throws {Error} if there is no such payment, or no address
   */
  notification(id: string, url?: string): Promise<Request>;
  /** Creates all notifications about a payment or an order, oldest first: each attempt, and later changes. Send them in any order. */
  notifications(id: string, url?: string): Promise<Request[]>;
  /**
   * Changes a payment later, by default as the bank does: one that waits is authorised, and one that is authorised is captured.
   *
   * @param id `payment.id`. By default, all payments
   * @returns whether there is such a payment
   */
  settle(id?: string, settlement?: MicuentawebSettlement): boolean;
  /**
   * Refunds a payment in the back office. The notification has only a CREDIT transaction, with the id of the refund.
   *
   * @param id `payment.id`
   * @param amount minor units. By default, all that is left
   * @returns whether there is a payment with that much left
   */
  refund(id: string, amount?: number): boolean;
  /**
   * Disputes a payment, as a shopper's bank does. A refund then gives PSP_083.
   *
   * @param id `payment.id`
   * @returns whether there is such a payment
   */
  dispute(id: string): boolean;
}

/** The paths of the form's requests (*measured in the 2022 build*). */
export const formPaths = { pay: `${apiPath}Charge/Public/ProcessPayment`, finish: `${apiPath}Charge/Public/ProcessPayment/2` };

const brands = Object.keys(apiHosts) as Brand[];

const routes: readonly Route<Account, Brand>[] = brands.flatMap((host): Route<Account, Brand>[] => [
  { host, call: `POST ${apiPath}Charge/CreatePayment`, fault: 'token', respond: respondToShop(createPayment) },
  { host, call: `POST ${apiPath}Charge/SDKTest`, fault: 'sdkTest', respond: respondToShop(echoValue) },
  { host, call: `POST ${apiPath}Order/Get`, fault: 'queries', respond: respondToShop(getOrder) },
  { host, call: `POST ${apiPath}Transaction/Get`, fault: 'queries', respond: respondToShop(getTransaction) },
  { host, call: `POST ${apiPath}Transaction/Cancel`, fault: 'moves', respond: respondToShop(cancelTransaction) },
  { host, call: `POST ${apiPath}Transaction/CancelOrRefund`, fault: 'moves', respond: respondToShop(cancelOrRefund) },
  { host, call: `POST ${apiPath}Transaction/Validate`, fault: 'moves', respond: respondToShop(validateTransaction) },
  { host, call: `POST ${formPaths.pay}`, fault: 'payment', respond: respondWith(processPayment) },
  { host, call: `POST ${formPaths.finish}`, fault: 'payment', respond: respondWith(finishChallenge) },
]);

const defaults: MicuentawebSettings = { ...sampleAccount, tokenLifetime, now: () => Date.now() };

/** Creates an API that shares no state with any other. */
export function createMicuentawebApi({ faults = {}, ...options }: MicuentawebApiOptions = {}): MicuentawebApi {
  const settings = { ...defaults, ...options };
  const account = createAccount(settings, faults);
  const office = new BackOffice(account);
  const { shopId, password, publicKey, hashKey } = settings;
  const credentials = () => Promise.resolve({ shopId, password, publicKey, hashKey });
  const shared = {
    title: 'micuentaweb',
    accounts: [account],
    faults,
    hosts: { shop: apiHosts },
    routes,
    credentials,
    listPayments,
    refuse,
  };
  return {
    ...createApi({ ...shared, wrongTypeStatus: 415 }),
    notification: (id, url) => createLastNotification(account, id, url),
    notifications: (id, url) => createNotifications(account, id, url),
    settle: (id, settlement) => office.settle(id, settlement),
    refund: (id, amount) => office.refund(id, amount),
    dispute: (id) => office.dispute(id),
  };
}
