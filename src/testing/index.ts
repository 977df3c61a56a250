export type { PaidResult, PayOptions } from './pay.js';
export { createStandIns, type StandIns, type StandInsOptions } from './stand-ins.js';
export { useStandIns, type StandInsInUse, type UseStandInsOptions } from './use-stand-ins.js';
export { izipayCards } from './izipay/cards.js';
export { createIzipayApi, type IzipayApi, type IzipayApiOptions } from './izipay/api.js';
export { createIzipayLibrary, type IzipayConstructor, type IzipayLibraryOptions } from './izipay/library.js';
export { paymeCards } from './payme/cards.js';
export { payrocCards } from './payroc/cards.js';
export { fillInHostedFields, payWithHostedFields } from './payroc/fill-in.js';
export { createPayrocApi, type PayrocApi, type PayrocApiOptions } from './payroc/api.js';
export { createPayrocLibrary, type PayrocLibrary, type PayrocLibraryOptions } from './payroc/library.js';
export type { PayrocApiFaults, PayrocLibraryFaults } from './payroc/faults.js';
export type { PayrocSettings } from './payroc/realm.js';
export type {
  HostedFieldsConstructor,
  HostedFieldsError,
  HostedFieldsEvents,
  HostedFieldsInstance,
  HostedFieldsOptions,
} from './payroc/types.js';
export { payWithCard } from './pay-with-card.js';
export { createPaymeApi, type PaymeApi, type PaymeApiOptions } from './payme/api.js';
export { createFlexLibrary, type FlexLibraryOptions, type FlexPaymentFormsConstructor } from './payme/library.js';
export { flexStyles } from './payme/styles.js';
export type { CallFault, Scripted } from './faults.js';
export type { PaymeApiFaults, PaymeLibraryFaults } from './payme/faults.js';
export type { PaymeSettings } from './payme/realm.js';
export type { FlexMethod, FlexOptions, FlexPaymentForms, FlexResponse, FlexState, FlexTransaction } from './payme/types.js';
export type { IzipayApiFaults, IzipayLibraryFaults } from './izipay/faults.js';
export type { IzipaySettings } from './izipay/realm.js';
export type { IzipayCheckout, IzipayResponse } from './izipay/types.js';
