import type { VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import type { Account } from './calls.js';
import { describeCharge } from './describe-charge.js';
import { fetchCharge } from './fetch-charge.js';
import { isOperationNumberFor } from './operation-number.js';
import { readCharge } from './read-charge.js';
import { readReportedCharge } from './reported-charge.js';

/**
 * Requests the outcome from Pay-me. Returns *paid* only if Pay-me itself confirms a payment for this order, at its price.
 *
 * @throws {Problem} `request`, `upstream-…`
 */
export async function verifyCharge(account: Account, context: VerifyContext): Promise<VerifiedOutcome> {
  const { order, result } = context;
  const reported = readReportedCharge(result.raw, 'The body: `result.raw`');
  // Another operation number belongs to another payment. Pay-me is not called, so that a guesser does not learn whether a number fits.
  if (!(await isOperationNumberFor(reported.operation, account.clientSecrets, order.reference)))
    return { outcome: 'forged', reason: 'order' };
  const charge = await fetchCharge(account, reported, context);
  return describeCharge(readCharge(charge, reported), { order, reported, merchantCode: account.merchantCode });
}
