// The names that `pay-checkout/testing` exports for Payroc.
export { createPayrocApi, type PayrocApi, type PayrocApiOptions } from './api.js';
export { payrocCards } from './cards.js';
export type { PayrocApiFaults, PayrocLibraryFaults } from './faults.js';
export { fillInHostedFields, payWithHostedFields } from './fill-in.js';
export { createPayrocLibrary, type PayrocLibrary, type PayrocLibraryOptions } from './library.js';
export type { PayrocSettings } from './account.js';
export type { HostedFieldsConstructor, HostedFieldsError, HostedFieldsEvents, HostedFieldsInstance, HostedFieldsOptions } from './types.js';
export type { PayrocSettlement } from './settle-sale.js';
