// The names that `pay-checkout/testing` exports for Izipay.
export { createIzipayApi, type IzipayApi, type IzipayApiOptions } from './api.js';
export { izipayCards } from './cards.js';
export type { IzipayApiFaults, IzipayLibraryFaults } from './faults.js';
export { createIzipayLibrary, type IzipayConstructor, type IzipayLibraryOptions } from './library.js';
export type { IzipaySettings } from './account.js';
export type { IzipayCheckout, IzipayResponse } from './types.js';
