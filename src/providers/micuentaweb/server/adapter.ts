import type { ServerProvider } from '../../../server/provider.js';
import { createAccount, type MicuentawebOptions } from './account.js';
import { capabilities } from './capabilities.js';
import { createToken } from './create-token.js';
import { receiveNotification } from './notification.js';
import { createExperimentalOperations, createOperations, type ExperimentalOperations, type MicuentawebOperations } from './operations.js';
import { orderFeatures } from './order-features.js';
import { orderRules, outcomeRules } from './outcome-rules.js';
import { verifyResult } from './verify-result.js';

type MicuentawebProvider = ServerProvider & MicuentawebOperations;
type ExperimentalProvider = ServerProvider & ExperimentalOperations;

/**
 * Creates the provider of micuentaweb, or of another brand of Lyra's, for `createPayEndpoints`. Its environment is the one of its keys.
 *
 * @throws {Error} names the option that is missing or wrong, without its value
 */
export function micuentaweb(options: MicuentawebOptions & { readonly experimental: true }): ExperimentalProvider;
export function micuentaweb(options: MicuentawebOptions): MicuentawebProvider;
export function micuentaweb(options: MicuentawebOptions): MicuentawebProvider | ExperimentalProvider {
  const account = createAccount(options);
  const provider = {
    name: account.brand,
    hasFixedName: true,
    environments: [account.environment],
    createToken: (context) => createToken(account, context),
    verify: (context) => verifyResult(account, context),
    receive: (context) => receiveNotification(account, context),
    outcomeRules: [...outcomeRules, ...orderRules],
    orderFeatures,
    capabilities,
  } satisfies ServerProvider;
  return options.experimental
    ? { ...provider, operations: createExperimentalOperations(account) }
    : { ...provider, operations: createOperations(account) };
}
