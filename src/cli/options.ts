import type { BuiltInName } from '../providers/built-in.js';
import type { Environment } from '../shared/environment.js';

/** What the command was told, checked. */
export interface CheckOptions {
  readonly endpoint: URL;
  readonly outcome?: URL;
  /** Without one, whichever the endpoint serves. */
  readonly provider?: BuiltInName;
  /** Without one, whichever the endpoint serves. */
  readonly environment?: Environment;
  readonly order?: string;
  /** Where the page is; the endpoint's own origin by default. */
  readonly origin: string;
  readonly credentials: string;
  /** Added to every request, as a cookie or the header against CSRF. */
  readonly headers: readonly Header[];
  /** What the page's own `config` says. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly json: boolean;
}

export type Header = readonly [name: string, value: string];
