import { endpointsOf } from '../chosen.js';
import type { Choices } from './choices.js';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** Where a merchant has the endpoints. */
const endpoints = '/api/pay';

/** The attributes that a merchant would write for these choices, in the order of the documentation; none for a default. */
export function attributesOf(choices: Choices): Attributes {
  return {
    provider: choices.provider,
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
 * The same for the backend of this page, which has every environment.
 *
 * @param origin where it is, unless it is where the page comes from
 */
export function attributesHere(choices: Choices, origin = ''): Attributes {
  const attributes = attributesOf(choices);
  const base = `${origin}${endpointsOf(choices.environment)}`;
  const outcome = attributes['outcome-endpoint'] && `${base}/outcome`;
  return { ...attributes, 'token-endpoint': `${base}/token`, 'outcome-endpoint': outcome };
}

/** Sets what differs, and nothing else: an equal attribute must not begin a new attempt. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
