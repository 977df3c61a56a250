import type { ProviderName } from '../../../demo/providers/index.js';

/** The ways in which a provider cannot open its form. */
export const outages = ['host-refuses', 'api-5xx', 'breaker-open', 'script-hangs', 'dead-tokens', 'form-never-ready'] as const;

export type Outage = (typeof outages)[number];

/** A page with two providers, and what fails. */
export interface Drill {
  readonly provider: ProviderName;
  readonly fallback: ProviderName;
  /** The providers that are not listed work. */
  readonly outages?: Readonly<Partial<Record<ProviderName, Outage>>>;
  /** Whether the outcome endpoint answers 503. */
  readonly isOutcomeDown?: boolean;
  /** The built files of the page, by default the one with every provider. All but the first arrive after the first token request. */
  readonly files?: readonly [string, ...string[]];
}
