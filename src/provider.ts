export { CheckoutError } from './state/errors.js';
export type { Issue, Schema } from './shared/schema.js';
export { canonicalToken } from './endpoint/canonical-token.js';
export type { Assets, MountContext, Outcome, Provider, ProviderToken, Renew, Script } from './providers/provider.js';
export type { Environment } from './shared/environment.js';
export { register } from './providers/registry.js';
