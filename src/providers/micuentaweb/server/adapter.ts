import type { ServerProvider } from '../../../server/provider.js';
import { createAccount, type MicuentawebOptions } from './account.js';
import { createToken } from './create-token.js';
import { receiveNotification } from './notification.js';
import { outcomeRules, queryRules } from './outcome-rules.js';
import { verifyResult } from './verify-result.js';

/**
 * Creates the provider of micuentaweb, or of another brand of Lyra's, for `createPayEndpoints`. Its environment is the one of its keys.
 *
 * @throws {Error} names the option that is missing or wrong, without its value
 */
export function micuentaweb(options: MicuentawebOptions): ServerProvider {
  const account = createAccount(options);
  return {
    name: account.brand,
    environments: [account.environment],
    createToken: (context) => createToken(account, context),
    verify: (context) => verifyResult(account, context),
    receive: (context) => receiveNotification(account, context),
    outcomeRules: [...outcomeRules, ...queryRules],
    orderFeatures: { hold: true, save: true, saveOnly: true },
  };
}
