export type { PaidResult, PayOptions } from './testing/pay.js';
export { createStandIns, type StandIns, type StandInsOptions } from './testing/stand-ins.js';
export { useStandIns, type StandInsInUse, type UseStandInsOptions } from './testing/use-stand-ins.js';
export { izipayCards } from './testing/izipay/cards.js';
export { createIzipayApi, type IzipayApi, type IzipayApiOptions } from './testing/izipay/api.js';
export { createIzipayLibrary, type IzipayConstructor, type IzipayLibraryOptions } from './testing/izipay/library.js';
export { paymeCards } from './testing/payme/cards.js';
export { payrocCards } from './testing/payroc/cards.js';
export { fillInHostedFields, payWithHostedFields } from './testing/payroc/fill-in.js';
export { createPayrocApi, type PayrocApi, type PayrocApiOptions } from './testing/payroc/api.js';
export { createPayrocLibrary, type PayrocLibrary, type PayrocLibraryOptions } from './testing/payroc/library.js';
export type { PayrocApiFaults, PayrocLibraryFaults } from './testing/payroc/faults.js';
export type { PayrocSettings } from './testing/payroc/account.js';
export type {
  HostedFieldsConstructor,
  HostedFieldsError,
  HostedFieldsEvents,
  HostedFieldsInstance,
  HostedFieldsOptions,
} from './testing/payroc/types.js';
export { payWithCard } from './testing/pay-with-card.js';
export { createPaymeApi, type PaymeApi, type PaymeApiOptions } from './testing/payme/api.js';
export { createFlexLibrary, type FlexLibraryOptions, type FlexPaymentFormsConstructor } from './testing/payme/library.js';
export { flexStyles } from './testing/payme/styles.js';
export type { CallFault, Scripted } from './testing/faults.js';
export type { PaymeApiFaults, PaymeLibraryFaults } from './testing/payme/faults.js';
export type { PaymeSettings } from './testing/payme/account.js';
export type { FlexMethod, FlexOptions, FlexPaymentForms, FlexResponse, FlexState, FlexTransaction } from './testing/payme/types.js';
export type { IzipayApiFaults, IzipayLibraryFaults } from './testing/izipay/faults.js';
export type { IzipaySettings } from './testing/izipay/account.js';
export type { IzipayCheckout, IzipayResponse } from './testing/izipay/types.js';
