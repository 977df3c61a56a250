import type { Environment } from '../shared/environment.js';
import { readToken } from '../endpoint/read-token.js';
import { parse } from '../shared/schema.js';
import type { OutcomeRequest } from '../shared/endpoint-contract.js';
import type { PaymentReport } from './descriptor.js';
import type { PageFetch } from './page-fetch.js';
import { standInProviders, type ProviderName } from './providers.js';

export interface PayOptions {
  /** As the `provider` attribute says it. */
  readonly provider: ProviderName;
  /** As the `environment` attribute says it. Default `sandbox`. */
  readonly environment?: Environment;
  /** The JSON of the token endpoint's answer, just as it came. */
  readonly answer: unknown;
  /** One of the provider's cards: `paymeCards.approved`, `izipayCards.declined`. */
  readonly card: string;
}

/** `result`, as the element posts it to the outcome endpoint. */
export type PaidResult = OutcomeRequest['result'];

export async function payWithoutPage(
  fetch: PageFetch,
  { provider: name, environment = 'sandbox', answer, card }: PayOptions,
): Promise<PaidResult> {
  const { provider, pay } = standInProviders[name];
  const { token, config = {} } = readToken(answer, provider, { provider: name, environment });
  parse<unknown>(provider.config, config, "The provider's `config`");
  return resultOf(name, await pay({ fetch, token, config, card }));
}

/** After a decline the element posts nothing; but whoever wants to look paid may post what the provider said. */
function resultOf(provider: ProviderName, { outcome, reported: raw }: PaymentReport): PaidResult {
  if ('raw' in outcome) {
    const { reference, singleUseToken } = outcome;
    return { provider, ...(reference && { reference }), ...(singleUseToken && { singleUseToken }), raw };
  }
  if (outcome.status !== 'failed') throw new Error(`The form ended as ${outcome.status}, so that there is nothing to post.`);
  if (outcome.error.code !== 'declined') throw outcome.error;
  return { provider, raw };
}
