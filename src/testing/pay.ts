import type { Environment } from '../shared/environment.js';
import { readToken } from '../endpoint/read-token.js';
import { parse } from '../shared/schema.js';
import type { OutcomeRequest } from '../shared/endpoint-contract.js';
import type { PaymentReport } from './descriptor.js';
import type { PageFetch } from './page-fetch.js';
import { folderOf, type BuiltInName } from '../providers/built-in.js';
import { standInProviders } from './providers.js';

export interface PayOptions {
  /** The value of the `provider` attribute. */
  readonly provider: BuiltInName;
  /** The value of the `environment` attribute. Default `sandbox`. */
  readonly environment?: Environment;
  /** The JSON of the token endpoint's response, unchanged. */
  readonly answer: unknown;
  /** The number of a card, such as `paymeCards.approved` or `izipayCards.declined`. */
  readonly card: string;
}

/** The `result` that the element posts to the outcome endpoint. */
export type PaidResult = OutcomeRequest['result'];

export async function payWithoutPage(
  fetch: PageFetch,
  { provider: name, environment = 'sandbox', answer, card }: PayOptions,
): Promise<PaidResult> {
  const { provider, pay } = standInProviders[folderOf(name)];
  const { token, config = {} } = readToken(answer, provider, { provider: name, environment });
  parse<unknown>(provider.config, config, "The provider's `config`");
  return createResult(name, await pay({ fetch, token, config, card }));
}

/** After a decline the element posts nothing. A forged request can still contain the provider's report, so tests need that result too. */
function createResult(provider: BuiltInName, { outcome, reported: raw }: PaymentReport): PaidResult {
  if ('raw' in outcome) {
    const { reference, singleUseToken } = outcome;
    return { provider, ...(reference && { reference }), ...(singleUseToken && { singleUseToken }), raw };
  }
  if (outcome.status !== 'failed') throw new Error(`The form ended as ${outcome.status}, so there is no result to post.`);
  if (outcome.error.code !== 'declined') throw outcome.error;
  return { provider, raw };
}
