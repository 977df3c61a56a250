import { hosts, tokenLifetime, tokenPath, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import { json, type Refusal } from '../http.js';
import { chargeCard, createNotifications, openSession } from './charges.js';
import type { IzipayApiFaults } from './faults.js';
import { listPayments } from './list-payments.js';
import { createAccount, type IzipaySettings, type Account } from './account.js';
import { Panel } from './panel.js';
import { sampleAccount } from './sample-account.js';
import { generateToken } from './tokens.js';
import { cancelCharge, depositHold, searchOrder, transactionPaths } from './transactions.js';

/** Every option has a default: the sample values of the seed, 900 s for a token, and the machine's clock. */
export interface IzipayApiOptions extends Partial<IzipaySettings> {
  faults?: IzipayApiFaults;
}

/** An in-memory imitation of Izipay's HTTP API. */
export interface IzipayApi extends StandInApi<IzipayApiFaults> {
  /**
   * Creates the notification that Izipay posts to the page's `urlIPN` about the last result of an order number. Pass it to `pay.notifications.izipay`.
   *
   * @param url replaces the `urlIPN`. Without a query, it keeps that of the `urlIPN`, which names the order
   * @throws {Error} if the order number has no result yet, or its form had no `urlIPN`
   */
  notification(orderNumber: string, url?: string): Request;
  /**
   * Creates the notifications about all results of an order number, oldest first: those of a declined card and of the card that paid after
   * it. Send them in any order.
   */
  notifications(orderNumber: string): Request[];
  /**
   * Settles a payment, as Izipay does at the end of the day: it cannot be annulled any more. A hold is not settled before it is captured.
   *
   * @param id `payment.id`. By default, all payments
   * @returns whether there is a payment to settle
   */
  settle(id?: string): boolean;
  /**
   * Refunds a payment as in Izipay's panel. Neither a query nor a notification shows it, and the payment cannot be annulled any more.
   *
   * @param id `payment.id`
   * @param amount minor units. By default, all that is left
   * @returns whether there is a payment with that much left
   */
  refund(id: string, amount?: number): boolean;
  /**
   * Disputes a payment, as a shopper's bank does. Izipay documents no call and no notification that shows it.
   *
   * @param id `payment.id`
   * @returns whether there is a payment to dispute
   */
  dispute(id: string): boolean;
}

/** The paths that the form's iframe requests. Izipay does not publish its own, so these are ours. */
export const framePaths = { session: '/payments/v1/stand-in/session', charge: '/payments/v1/stand-in/charge' };

const routes: readonly Route<Account, 'api' | 'checkout'>[] = [
  { host: 'api', call: `POST ${tokenPath}`, fault: 'token', respond: generateToken },
  { host: 'api', call: `POST ${transactionPaths.search}`, fault: 'search', respond: searchOrder },
  { host: 'api', call: `POST ${transactionPaths.cancel}`, fault: 'cancel', respond: cancelCharge },
  { host: 'api', call: `POST ${transactionPaths.deposit}`, fault: 'deposit', respond: depositHold },
  { host: 'checkout', call: `POST ${framePaths.session}`, fault: 'session', respond: openSession },
  { host: 'checkout', call: `POST ${framePaths.charge}`, fault: 'charge', respond: chargeCard },
];

const defaults: IzipaySettings = {
  merchantCode: sampleAccount.merchantCode,
  publicKey: sampleAccount.publicKey,
  hashKey: sampleAccount.hashKey,
  tokenLifetime,
  now: () => Date.now(),
};

/** Creates an API that shares no state with any other. */
export function createIzipayApi({ faults = {}, ...options }: IzipayApiOptions = {}): IzipayApi {
  const settings = { ...defaults, ...options };
  const accounts = (Object.keys(hosts) as IzipayEnvironment[]).map((environment) => createAccount(environment, settings, faults));
  const panel = new Panel(accounts);
  const { merchantCode, publicKey, hashKey } = settings;
  // `keyRSA` goes to the page unchecked.
  const credentials = () => Promise.resolve({ merchantCode, publicKey, hashKey, keyRSA: sampleAccount.keyRSA });
  const notifications = (orderNumber: string, url?: string) =>
    accounts.flatMap((account) => createNotifications(account, orderNumber, url));
  return {
    ...createApi({ title: 'Izipay', accounts, faults, hosts, routes, credentials, listPayments, wrongTypeStatus: 400, refuse }),
    notifications: (orderNumber) => notifications(orderNumber),
    settle: (id) => panel.settle(id),
    refund: (id, amount) => panel.refund(id, amount),
    dispute: (id) => panel.dispute(id),
    notification(orderNumber, url) {
      const request = notifications(orderNumber, url).at(-1);
      if (!request) throw new Error('That order number has no result yet.');
      return request;
    },
  };
}

/** Izipay publishes no error body, so this one is ours. */
function refuse({ status, message }: Refusal): Response {
  return json({ code: String(status), message }, status);
}
