import type { BuiltInName } from '../../providers/built-in.js';
import type { Environment } from '../../shared/environment.js';

/** The validated arguments of `pay-checkout check`. */
export interface CheckOptions {
  readonly endpoint: URL;
  readonly outcome?: URL;
  /** If absent, the command finds a provider that the endpoint serves. */
  readonly provider?: BuiltInName;
  /** The names of the page's `fallback`. */
  readonly fallback?: readonly BuiltInName[];
  /** If absent, the command finds an environment that the endpoint serves. */
  readonly environment?: Environment;
  readonly order?: string;
  /** The page's origin. Default: the endpoint's own. */
  readonly origin: string;
  readonly credentials: string;
  /** Added to every request, such as a cookie or a CSRF header. */
  readonly headers: readonly Header[];
  /** The value of the element's `config` attribute. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The address of the shop's `order` call, if the endpoints are those of `pay-checkout serve`. */
  readonly backend?: URL;
  /** The address of the shop's `outcome` call. */
  readonly outcomeBackend?: URL;
  /** The secrets that sign the calls to `backend`, newest first. */
  readonly backendSecrets: readonly string[];
  readonly json: boolean;
}

export type Header = readonly [name: string, value: string];
