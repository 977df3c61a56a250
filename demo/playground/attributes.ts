import { endpointsOf } from '../chosen.js';
import type { Choices } from './choices.js';

type Attributes = Record<string, string | undefined>;

/** The attributes that a merchant would write for these choices, in the order of the documentation. */
export function attributesOf(choices: Choices): Attributes {
  const base = endpointsOf(choices.environment);
  return {
    provider: choices.provider,
    environment: choices.environment,
    order: choices.order || undefined,
    'token-endpoint': `${base}/token`,
    'outcome-endpoint': choices.outcome === 'on' ? `${base}/outcome` : undefined,
    locale: choices.locale || undefined,
    loading: choices.loading === 'eager' ? undefined : choices.loading,
    credentials: choices.credentials === 'same-origin' ? undefined : choices.credentials,
    config: choices.config.trim() || undefined,
    style: choices.accent ? `--pay-checkout-accent: ${choices.accent}` : undefined,
  };
}

/** Sets what differs, and nothing else: an equal attribute must not begin a new attempt. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/** The HTML to paste. */
export function snippetOf(attributes: Attributes): string {
  const pairs = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}=${quoted(value)}`]));
  return ['<script src="pay-checkout.min.js" defer></script>', '<pay-checkout', ...pairs, '></pay-checkout>'].join('\n');
}

/** JSON stays readable between single quotes. */
function quoted(value: string): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return value.includes('"') ? `'${escaped.replaceAll("'", '&#39;')}'` : `"${escaped}"`;
}
