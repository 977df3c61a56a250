import type { CheckoutError } from '../state/errors.js';
import type { Environment } from '../shared/environment.js';
import type { Schema } from '../shared/schema.js';

export interface Script {
  readonly url: string;
  /** A `sha384-…` hash. The script is then fetched with `crossorigin="anonymous"`. */
  readonly integrity?: string;
  /** Event handlers of `window`, such as `onload`, that the script replaces when it is evaluated. The element restores the page's own. */
  readonly keeps?: readonly string[];
}

/** The files and origins that a provider needs. */
export interface Assets {
  /** The name of the script's constructor on `window`, dots allowed: `Payroc.hostedFields`. */
  readonly global: string;
  /** Absent if the page itself sets the global, as the stand-ins do. */
  readonly script?: Script;
  /** URLs of style sheets. */
  readonly styles?: readonly string[];
  /** The height of the form as a CSS length, which is reserved while it loads. By default 42rem. */
  readonly height?: string;
  /** Origins that the form requires. If a Content Security Policy blocks one, or a request of the script itself, the attempt ends. */
  readonly origins?: readonly string[];
}

/** The token endpoint's JSON in canonical form; or the provider's refusal, in its own words. */
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

/** The provider's report of how an attempt ended. `raw` is its own object, for the outcome endpoint only. */
export type Outcome =
  | { readonly status: 'succeeded' | 'pending'; readonly reference?: string; readonly singleUseToken?: string; readonly raw: unknown }
  | { readonly status: 'failed'; readonly error: CheckoutError }
  | { readonly status: 'cancelled' | 'expired' };

/** What an adapter gets to open its form. */
export interface MountContext<Config = unknown> {
  readonly token: string;
  readonly config: Config;
  readonly environment: Environment;
  /** BCP 47. The language of our own texts. */
  readonly locale: string;
  /**
   * An empty element in the light DOM, in the document, with an id that is new for every attempt. Give each part of the form that is
   * elsewhere on the page this id as a class: the element makes it inert while it waits for a token at a new price.
   */
  readonly container: HTMLElement;
  /** The assets of the environment. */
  readonly assets: Assets;
  /** The value of `assets.global` after the script has loaded. */
  readonly library: unknown;
  /** Aborts when the attempt ends. Everything that `mount` starts must end with it. */
  readonly signal: AbortSignal;
  /** Reports an outcome at any time, even after the signal has aborted: a late success is never dropped. */
  report(outcome: Outcome): void;
  /**
   * Reports that money may have moved, although the library has reported no payment. From then on, a report of an end without a payment
   * does not end the attempt: the backend is asked.
   */
  onUncertain(): void;
  /** Reports that the shopper uses the form, if only the library can tell. The element detects events in `container` itself. */
  onTouched(): void;
  /** Aborts when the shopper starts to use the form. */
  readonly touched: AbortSignal;
  /** Reports that the page has removed or hidden the form. The element detects the removal of `container` itself. An untouched form opens again. */
  onRemoved(): void;
  /** Returns whether the token's lifetime is over. */
  isExpired(): boolean;
}

/** Gives a new session to the open form, which keeps what the shopper has typed. Rejects if the form cannot take it now. */
export type Renew = (fresh: Pick<MountContext, 'token' | 'isExpired'>) => Promise<void>;

/** A payment provider in the browser. It only translates between the library and the element. */
export interface Provider<Config = unknown> {
  /** The assets of each environment that the provider has. */
  readonly assets: Partial<Record<Environment, Assets>>;
  /** Reads the token endpoint's JSON, canonical or in the provider's own format. */
  readonly token: Schema<ProviderToken>;
  /** Checks the config that the form needs to open. */
  readonly config: Schema<Config>;
  /** The lifetime of a token in seconds: the default, and the maximum that an endpoint can set. */
  readonly lifetime: number;
  /** Whether the session still expires after the form has opened. */
  readonly agesWhileOpen: boolean;
  /** Whether the backend sets the price after the form, so that an open form stays valid when the price changes. */
  readonly pricedLater?: boolean;
  /** Returns whether the form may open only on the shopper's action, because it covers or leaves the page. `loading` must then be `manual`. */
  needsGesture?(config: Config): boolean;
  /**
   * Opens the form, and resolves when the shopper can pay. It calls the library before its first `await`, in the task in which the
   * token was found fresh; or within a second, if the library is not ready yet.
   *
   * @returns a function that gives the open form a new session, if the library can do that
   * @throws {CheckoutError} code `provider`, if the form cannot open
   */
  mount(context: MountContext<Config>): Promise<Renew | void>;
}
