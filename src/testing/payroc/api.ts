import { hosts, sessionLifetime, type PayrocEnvironment } from '../../providers/payroc/contract.js';
import { createApi, type Route, type StandInApi } from '../api.js';
import type { PayrocApiFaults } from './faults.js';
import { gateways } from './gateway.js';
import { refuse } from './problem.js';
import { once } from './idempotency.js';
import { createAccount, type PayrocSettings, type Account } from './account.js';
import { listSales, payByBank, payByCard, saveToken, updateToken } from './sales.js';
import { authorize, createSession, createSingleUseToken, readConfiguration, takeField } from './sessions.js';

/** All of it has a default: the documentation's sample values, 10 min for a session, an hour for a bearer, the clock of the machine. */
export interface PayrocApiOptions extends Partial<PayrocSettings> {
  faults?: PayrocApiFaults;
}

/** Payroc's HTTP API, imitated in memory. */
export type PayrocApi = StandInApi<PayrocApiFaults>;

const terminal = '/v1/processing-terminals/*';
const session = '/merchant/api/v2/hosted-fields-sessions/*';

const routes: readonly Route<Account, 'identity' | 'api' | 'gateway'>[] = [
  { host: 'identity', call: 'POST /authorize', fault: 'authorize', answer: authorize },
  { host: 'api', call: `POST ${terminal}/hosted-fields-sessions`, fault: 'sessions', answer: once(createSession) },
  { host: 'api', call: 'POST /v1/payments', fault: 'payments', answer: once(payByCard) },
  { host: 'api', call: 'POST /v1/bank-transfer-payments', fault: 'payments', answer: once(payByBank) },
  { host: 'api', call: 'GET /v1/payments', fault: 'listings', answer: listSales('card') },
  { host: 'api', call: 'GET /v1/bank-transfer-payments', fault: 'listings', answer: listSales('bankAccount') },
  { host: 'api', call: `POST ${terminal}/secure-tokens`, fault: 'secureTokens', answer: once(saveToken) },
  { host: 'api', call: `POST ${terminal}/secure-tokens/*/update-account`, fault: 'secureTokens', answer: once(updateToken) },
  { host: 'gateway', call: `GET ${session}/configuration`, fault: 'configuration', answer: readConfiguration },
  { host: 'gateway', call: `POST ${session}/fields`, fault: 'fields', answer: takeField },
  { host: 'gateway', call: `POST ${session}/single-use-tokens`, fault: 'singleUseTokens', answer: createSingleUseToken },
];

const defaults: PayrocSettings = {
  apiKey: 'your_api_key',
  processingTerminalId: '1234001',
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

/** An API of its own, that shares nothing with another one. */
export function createPayrocApi({ faults = {}, ...options }: PayrocApiOptions = {}): PayrocApi {
  const settings = { ...defaults, ...options };
  const accounts = (Object.keys(hosts) as PayrocEnvironment[]).map((environment) => createAccount(environment, settings, faults));
  return createApi({ provider: 'Payroc', accounts, faults, hosts: allHosts, routes, wrongType: 415, refuse });
}
