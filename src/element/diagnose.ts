import { getAssetStates, type AssetState } from '../assets/load-assets.js';
import { ageOf, isFresh, type Perishable } from '../endpoint/freshness.js';
import { registeredNames } from '../providers/registry.js';
import type { SettledOutcome } from '../shared/endpoint-contract.js';
import type { CheckoutState } from '../state/state.js';
import { redactUrl } from '../shared/endpoint-url.js';
import { version } from '../shared/version.js';
import { isRendered } from '../page/visibility.js';
import { warnAboutUnslotted } from './unslotted-content.js';

/** A report for a support ticket. It contains no token, no config and no personal data. */
export interface Diagnosis {
  readonly version: string;
  readonly status: CheckoutState['status'];
  readonly attempts: number;
  /** Of the last attempt. */
  readonly provider?: string;
  /** In the state `succeeded`, if the merchant's backend confirmed it. */
  readonly outcome?: SettledOutcome;
  readonly error?: { code: string; reason?: string; retryable: boolean; message: string };
  readonly attributes: Record<string, string>;
  readonly providers: readonly string[];
  /** Age and lifetime of the newest token, in seconds. */
  readonly token?: { age: number; lifetime: number; fresh: boolean };
  readonly assets: readonly AssetState[];
  /** Conditions of the page that may explain a problem. */
  readonly hints: readonly string[];
}

/** The reported attributes with their properties. An order or a config may be personal, so they are left out. */
const reported = {
  provider: 'provider',
  fallback: 'fallback',
  environment: 'environment',
  'token-endpoint': 'tokenEndpoint',
  'outcome-endpoint': 'outcomeEndpoint',
  locale: 'locale',
  loading: 'loading',
  credentials: 'credentials',
} as const;

type DiagnosedElement = HTMLElement & { readonly [Property in (typeof reported)[keyof typeof reported]]?: unknown };

export function diagnose(element: DiagnosedElement, { state, token }: { state: CheckoutState; token?: Perishable }): Diagnosis {
  return {
    version,
    status: state.status,
    attempts: state.attempt,
    ...(state.provider && { provider: state.provider }),
    ...('outcome' in state ? { outcome: state.outcome } : {}),
    ...('error' in state && state.error ? { error: pickErrorFields(state.error) } : {}),
    attributes: Object.fromEntries(Object.entries(reported).flatMap(([name, property]) => redactEntry(name, element[property]))),
    providers: registeredNames(),
    ...(token
      ? { token: { age: Math.round(ageOf(token.requestedAt) / 1000), lifetime: token.lifetime / 1000, fresh: isFresh(token) } }
      : {}),
    assets: getAssetStates(),
    hints: collectHints(element),
  };
}

function pickErrorFields({ code, reason, retryable, message }: { code: string; reason?: string; retryable: boolean; message: string }) {
  return { code, ...(reason ? { reason } : {}), retryable, message };
}

function redactEntry(name: string, value: unknown): [string, string][] {
  return typeof value === 'string' ? [[name, redactUrl(value)]] : [];
}

function collectHints(element: DiagnosedElement): string[] {
  const unslotted = warnAboutUnslotted(element) ?? '';
  const hints: [boolean, string][] = [
    [unslotted !== '', unslotted],
    [!navigator.onLine, 'The browser is offline.'],
    [document.hidden, 'The page is in the background.'],
    [!isRendered(element), 'The element is not rendered, as in a closed dialog.'],
    [!element.outcomeEndpoint, 'Without `outcome-endpoint`, no backend confirms payments.'],
  ];
  return hints.flatMap(([applies, hint]) => (applies ? [hint] : []));
}
