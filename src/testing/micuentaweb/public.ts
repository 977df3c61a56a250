// The names that `pay-checkout/testing` exports for micuentaweb.
export type { MicuentawebSettings } from './account.js';
export { createMicuentawebApi, type MicuentawebApi, type MicuentawebApiOptions } from './api.js';
export type { MicuentawebSettlement } from './back-office.js';
export { micuentawebCards } from './cards.js';
export type { MicuentawebApiFaults, MicuentawebLibraryFaults } from './faults.js';
export { createMicuentawebLibrary, type MicuentawebLibrary, type MicuentawebLibraryOptions } from './library.js';
export type { KrError, KrResult, Krypton } from './types.js';
