import { getAssetStates, type AssetState } from '../assets/load-assets.js';
import { ageOf, isFresh, type Perishable } from '../endpoint/freshness.js';
import { registeredNames } from '../providers/registry.js';
import type { CheckoutState } from '../state/state.js';
import { version } from '../shared/version.js';
import { isRendered } from '../page/visibility.js';

/** What a support ticket needs. No token, no config, no personal data. */
export interface Diagnosis {
  readonly version: string;
  readonly status: CheckoutState['status'];
  readonly attempts: number;
  readonly error?: { code: string; reason?: string; retryable: boolean; message: string };
  readonly attributes: Record<string, string>;
  readonly providers: readonly string[];
  /** Seconds. */
  readonly token?: { age: number; lifetime: number; fresh: boolean };
  readonly assets: readonly AssetState[];
  /** What may be worth a look. */
  readonly hints: readonly string[];
}

/** What says how the element is used, by attribute and property; an order or a config may be personal. */
const told = {
  provider: 'provider',
  environment: 'environment',
  'token-endpoint': 'tokenEndpoint',
  'outcome-endpoint': 'outcomeEndpoint',
  locale: 'locale',
  loading: 'loading',
  credentials: 'credentials',
} as const;

/** An element with the properties that a page may have set without their attributes. */
type Told = HTMLElement & { readonly [Property in (typeof told)[keyof typeof told]]?: unknown };

export function diagnose(element: Told, { state, token }: { state: CheckoutState; token?: Perishable }): Diagnosis {
  return {
    version,
    status: state.status,
    attempts: state.attempt,
    ...('error' in state && state.error ? { error: plain(state.error) } : {}),
    attributes: Object.fromEntries(Object.entries(told).flatMap(([name, property]) => pair(name, element[property]))),
    providers: registeredNames(),
    ...(token
      ? { token: { age: Math.round(ageOf(token.requestedAt) / 1000), lifetime: token.lifetime / 1000, fresh: isFresh(token) } }
      : {}),
    assets: getAssetStates(),
    hints: hintsFor(element),
  };
}

function plain({ code, reason, retryable, message }: { code: string; reason?: string; retryable: boolean; message: string }) {
  return { code, ...(reason ? { reason } : {}), retryable, message };
}

/** Without a query, which may name an order, and without a password. */
function pair(name: string, value: unknown): [string, string][] {
  return typeof value === 'string' ? [[name, value.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//')]] : [];
}

function hintsFor(element: Told): string[] {
  const hints: [boolean, string][] = [
    [!navigator.onLine, 'The browser is offline.'],
    [document.hidden, 'The page is in the background, where no time-out counts.'],
    [!isRendered(element), 'The element has no box, as in a closed dialog: it asks for its token once it has one.'],
    [!element.outcomeEndpoint, 'Without `outcome-endpoint` nobody confirms what the provider reports.'],
  ];
  return hints.flatMap(([applies, hint]) => (applies ? [hint] : []));
}
