// The names that `pay-checkout/testing` exports for Pay-me.
export { createPaymeApi, type PaymeApi, type PaymeApiOptions } from './api.js';
export { paymeCards } from './cards.js';
export type { PaymeApiFaults, PaymeLibraryFaults } from './faults.js';
export { createFlexLibrary, type FlexLibraryOptions, type FlexPaymentFormsConstructor } from './library.js';
export type { PaymeSettings } from './account.js';
export { flexStyles } from './styles.js';
export type { FlexMethod, FlexOptions, FlexPaymentForms, FlexResponse, FlexState, FlexTransaction, PlayedState } from './types.js';
