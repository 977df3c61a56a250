import { hosts, tokenLifetime, tokenPath, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import { json, type Refusal } from '../http.js';
import { chargeCard, notificationOf, openSession } from './charges.js';
import type { IzipayApiFaults } from './faults.js';
import { createAccount, type IzipaySettings, type Account } from './account.js';
import { generateToken } from './tokens.js';

/** All of it has a default: the sample values of the seed, 900 s for a token, the clock of the machine. */
export interface IzipayApiOptions extends Partial<IzipaySettings> {
  faults?: IzipayApiFaults;
}

/** Izipay's HTTP API, imitated in memory. */
export interface IzipayApi extends StandInApi<IzipayApiFaults> {
  /**
   * What Izipay would post of an order number to the `urlIPN` that the page named: hand it to `pay.notifications.izipay`.
   *
   * @throws {Error} where nothing came of it yet
   */
  notification(orderNumber: string): Request;
}

/** What the frame calls is not published: these paths are ours. */
export const framePaths = { session: '/payments/v1/stand-in/session', charge: '/payments/v1/stand-in/charge' };

const routes: readonly Route<Account, 'api' | 'checkout'>[] = [
  { host: 'api', call: `POST ${tokenPath}`, fault: 'token', answer: generateToken },
  { host: 'checkout', call: `POST ${framePaths.session}`, fault: 'session', answer: openSession },
  { host: 'checkout', call: `POST ${framePaths.charge}`, fault: 'charge', answer: chargeCard },
];

const defaults: IzipaySettings = {
  merchantCode: '4007701',
  publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
  hashKey: 'your_hash_key',
  tokenLifetime,
  now: () => Date.now(),
};

/** An API of its own, that shares nothing with another one. */
export function createIzipayApi({ faults = {}, ...options }: IzipayApiOptions = {}): IzipayApi {
  const settings = { ...defaults, ...options };
  const accounts = (Object.keys(hosts) as IzipayEnvironment[]).map((environment) => createAccount(environment, settings, faults));
  return {
    ...createApi({ provider: 'Izipay', accounts, faults, hosts, routes, wrongType: 400, refuse }),
    notification(orderNumber) {
      const request = accounts.map((account) => notificationOf(account, orderNumber)).find(Boolean);
      if (!request) throw new Error('Nothing came of that order number yet.');
      return request;
    },
  };
}

/** No error body is published. */
function refuse({ status, message }: Refusal): Response {
  return json({ code: String(status), message }, status);
}
