import type { CheckoutError } from '../state/errors.js';
import type { Environment } from '../shared/environment.js';
import type { Schema } from '../shared/schema.js';

export interface Script {
  readonly url: string;
  /** A `sha384-…` hash; the script is then fetched with `crossorigin="anonymous"`. */
  readonly integrity?: string;
  /** Event handlers of `window`, such as `onload`, that the script replaces when it is evaluated; the page keeps its own. */
  readonly keeps?: readonly string[];
}

/** What a provider needs on the page. */
export interface Assets {
  /** The name on `window` under which the script leaves its constructor, dots allowed: `Payroc.hostedFields`. */
  readonly global: string;
  /** Absent where the page itself puts the global in place, as the stand-ins do. */
  readonly script?: Script;
  /** URLs of style sheets. */
  readonly styles?: readonly string[];
  /** Origins that the form cannot do without. Where a Content-Security-Policy stops one, the attempt ends; as it does for whatever the script itself asks for. */
  readonly origins?: readonly string[];
}

/** What the token endpoint's JSON says, in one form; or that the provider refused, in its own words. */
export type ProviderToken =
  | {
      readonly token: string;
      /** Seconds. Numeric strings count. */
      readonly expiresIn?: number | string;
      /** ISO 8601. */
      readonly expiresAt?: string;
      readonly environment?: string;
      readonly provider?: string;
      readonly config?: Record<string, unknown>;
    }
  | { readonly refusal: string };

/** What a provider says came of an attempt. `raw` is its own object, for the outcome endpoint only. */
export type Outcome =
  | { readonly status: 'succeeded' | 'pending'; readonly reference?: string; readonly singleUseToken?: string; readonly raw: unknown }
  | { readonly status: 'failed'; readonly error: CheckoutError }
  | { readonly status: 'cancelled' | 'expired' };

export interface MountContext<Config = unknown> {
  readonly token: string;
  readonly config: Config;
  readonly environment: Environment;
  /** BCP 47; the language that our own texts are shown in. */
  readonly locale: string;
  /** An empty element in the light DOM, in the document, with an id that is new for every attempt. */
  readonly container: HTMLElement;
  /** What `assets.global` named when the script had loaded. */
  readonly library: unknown;
  /** Ends the attempt. Everything that `mount` starts hangs off it. */
  readonly signal: AbortSignal;
  /** May be called at any time, also after the signal: a late success is never dropped. */
  report(outcome: Outcome): void;
  /** The shopper began to fill in the form, as far as only the library can tell; what happens in `container` itself is noticed anyway. */
  onTouched(): void;
  /** Whether the session has outlived its token by now. */
  isExpired(): boolean;
}

/** One payment provider, seen from the browser. It translates and decides nothing. */
export interface Provider<Config = unknown> {
  /** The environments that it has. */
  readonly assets: Partial<Record<Environment, Assets>>;
  /** Reads the token endpoint's JSON, canonical or the provider's own. */
  readonly token: Schema<ProviderToken>;
  /** What the form needs to open. */
  readonly config: Schema<Config>;
  /** Seconds that a token lives: the default, and the most that is believed. */
  readonly lifetime: number;
  /** Does the session go on ageing once the form is open? */
  readonly agesWhileOpen: boolean;
  /** Whether a form so configured may open only by the shopper's own act, as one that covers or leaves the page: then `loading` must be `manual`. */
  needsGesture?(config: Config): boolean;
  /**
   * Opens the form; resolves when the shopper can pay. The library is called before the first `await`,
   * in the task in which the token was found fresh, or within a second where it is not ready to be called.
   *
   * @throws {CheckoutError} code `provider`
   */
  mount(context: MountContext<Config>): Promise<void>;
}
