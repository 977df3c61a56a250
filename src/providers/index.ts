export { CheckoutError } from '../errors.js';
export type { Issue, Schema } from '../schema.js';
export { canonicalToken } from './canonical-token.js';
export type { Assets, Environment, MountContext, Outcome, Provider, ProviderToken, Script } from './provider.js';
export { register } from './registry.js';
