import { endpointsOf } from '../chosen.js';
import type { Choices } from './choices.js';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** The path of the endpoints in a merchant's backend. */
const endpoints = '/api/pay';

/**
 * Returns the attributes that a merchant would write for these choices, in the order of the documentation. Defaults are left out.
 */
export function attributesOf(choices: Choices): Attributes {
  return {
    provider: choices.provider,
    fallback: choices.fallback || undefined,
    environment: choices.environment === 'production' ? undefined : choices.environment,
    order: choices.order || undefined,
    'token-endpoint': `${endpoints}/token`,
    'outcome-endpoint': choices.outcome === 'on' ? `${endpoints}/outcome` : undefined,
    locale: choices.locale || undefined,
    loading: choices.loading === 'eager' ? undefined : choices.loading,
    credentials: choices.credentials === 'same-origin' ? undefined : choices.credentials,
    config: choices.config.trim() || undefined,
  };
}

/**
 * Returns the same attributes for the backend of this page, which has every environment.
 *
 * @param origin the backend's origin, if it differs from the page's
 */
export function attributesHere(choices: Choices, origin = ''): Attributes {
  const attributes = attributesOf(choices);
  const base = `${origin}${endpointsOf(choices.environment)}`;
  const outcome = attributes['outcome-endpoint'] && `${base}/outcome`;
  return { ...attributes, 'token-endpoint': `${base}/token`, 'outcome-endpoint': outcome };
}

/** Sets only the attributes that differ, because setting an equal one must not start a new attempt. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
