import { hosts, sessionLifetime, type PayrocEnvironment } from '../../providers/payroc/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import type { PayrocApiFaults } from './faults.js';
import { gateways } from './gateway.js';
import { refuse } from './problem.js';
import { respondOnce } from './idempotency.js';
import { createAccount, type PayrocSettings, type Account } from './account.js';
import { captureSale, listDisputes, readSale, returnSale, reverseSale } from './change-sales.js';
import { listPayments } from './list-payments.js';
import { listSales } from './list-sales.js';
import { payByBank, payByCard } from './sales.js';
import { sampleAccount } from './sample-account.js';
import { readToken, saveToken, updateToken } from './secure-tokens.js';
import { closeBatch, disputeSale, refundSale, settleSale, type PayrocSettlement } from './settle-sale.js';
import { authorize, createSession, createSingleUseToken, readConfiguration, takeField } from './sessions.js';

/** Every option has a default: the documentation's sample values, 10 min for a session, 1 h for a bearer, and the machine's clock. */
export interface PayrocApiOptions extends Partial<PayrocSettings> {
  faults?: PayrocApiFaults;
}

/** An in-memory imitation of Payroc's HTTP API. */
export interface PayrocApi extends StandInApi<PayrocApiFaults> {
  /**
   * Changes a sale that was made here. By default, its batch closes: a sale is settled, and one that was only received is approved.
   *
   * @param paymentId `payment.id`; without it, the batches of all sales close
   * @returns whether there is such a sale
   */
  settle(paymentId?: string, settlement?: PayrocSettlement): boolean;
  /**
   * Returns money to the shopper, as a refund in Payroc's panel does. As at Payroc, only `refunds` shows it.
   *
   * @param paymentId `payment.id`
   * @param amount minor units; by default, all that is left
   * @returns whether there is such a sale
   */
  refund(paymentId: string, amount?: number): boolean;
  /**
   * Makes a chargeback, as the shopper's bank does. As at Payroc, no payment shows it: only `GET /v1/disputes` lists it.
   *
   * @param paymentId `payment.id`
   * @returns whether there is such a sale
   */
  dispute(paymentId: string): boolean;
}

const terminal = '/v1/processing-terminals/*';
const session = '/merchant/api/v2/hosted-fields-sessions/*';

const routes: readonly Route<Account, 'identity' | 'api' | 'gateway'>[] = [
  { host: 'identity', call: 'POST /authorize', fault: 'authorize', respond: authorize },
  { host: 'api', call: `POST ${terminal}/hosted-fields-sessions`, fault: 'sessions', respond: respondOnce(createSession) },
  { host: 'api', call: 'POST /v1/payments', fault: 'payments', respond: respondOnce(payByCard) },
  { host: 'api', call: 'POST /v1/bank-transfer-payments', fault: 'payments', respond: respondOnce(payByBank) },
  { host: 'api', call: 'GET /v1/payments', fault: 'listings', respond: listSales('card') },
  { host: 'api', call: 'GET /v1/bank-transfer-payments', fault: 'listings', respond: listSales('bankAccount') },
  { host: 'api', call: 'GET /v1/payments/*', fault: 'queries', respond: readSale('card') },
  { host: 'api', call: 'GET /v1/bank-transfer-payments/*', fault: 'queries', respond: readSale('bankAccount') },
  { host: 'api', call: 'POST /v1/payments/*/reverse', fault: 'moves', respond: respondOnce(reverseSale('card')) },
  { host: 'api', call: 'POST /v1/payments/*/refund', fault: 'moves', respond: respondOnce(returnSale('card')) },
  { host: 'api', call: 'POST /v1/payments/*/capture', fault: 'moves', respond: respondOnce(captureSale) },
  { host: 'api', call: 'POST /v1/bank-transfer-payments/*/reverse', fault: 'moves', respond: respondOnce(reverseSale('bankAccount')) },
  { host: 'api', call: 'POST /v1/bank-transfer-payments/*/refund', fault: 'moves', respond: respondOnce(returnSale('bankAccount')) },
  { host: 'api', call: 'GET /v1/disputes', fault: 'queries', respond: listDisputes },
  { host: 'api', call: `GET ${terminal}/secure-tokens/*`, fault: 'secureTokens', respond: readToken },
  { host: 'api', call: `POST ${terminal}/secure-tokens`, fault: 'secureTokens', respond: respondOnce(saveToken) },
  { host: 'api', call: `POST ${terminal}/secure-tokens/*/update-account`, fault: 'secureTokens', respond: respondOnce(updateToken) },
  { host: 'gateway', call: `GET ${session}/configuration`, fault: 'configuration', respond: readConfiguration },
  { host: 'gateway', call: `POST ${session}/fields`, fault: 'fields', respond: takeField },
  { host: 'gateway', call: `POST ${session}/single-use-tokens`, fault: 'singleUseTokens', respond: createSingleUseToken },
];

const defaults: PayrocSettings = {
  ...sampleAccount,
  bankTransfers: true,
  tokenization: true,
  bearerLifetime: 3600,
  sessionLifetime,
  singleUseLifetime: 1800,
  now: () => Date.now(),
};

const allHosts = {
  sandbox: { ...hosts.sandbox, gateway: gateways.sandbox },
  production: { ...hosts.production, gateway: gateways.production },
};

/** Creates an API that shares no state with any other. */
export function createPayrocApi({ faults = {}, ...options }: PayrocApiOptions = {}): PayrocApi {
  const settings = { ...defaults, ...options };
  const accounts = (Object.keys(hosts) as PayrocEnvironment[]).map((environment) => createAccount(environment, settings, faults));
  const { apiKey, processingTerminalId } = settings;
  const credentials = () => Promise.resolve({ apiKey, processingTerminalId });
  return {
    ...createApi({
      title: 'Payroc',
      accounts,
      faults,
      hosts: allHosts,
      routes,
      credentials,
      listPayments,
      wrongTypeStatus: 415,
      refuse,
    }),
    settle: (paymentId, settlement) => accounts.map((account) => settle(account, paymentId, settlement)).some(Boolean),
    refund: (paymentId, amount) => accounts.some((account) => refundSale(account, paymentId, amount)),
    dispute: (paymentId) => accounts.some((account) => disputeSale(account, paymentId)),
  };
}

function settle(account: Account, paymentId?: string, settlement?: PayrocSettlement): boolean {
  return settlement === undefined || paymentId === undefined ? closeBatch(account, paymentId) : settleSale(account, paymentId, settlement);
}
