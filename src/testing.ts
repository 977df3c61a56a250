export type { CallFault, Scripted } from './testing/faults.js';
export type { PaidResult, PayOptions } from './testing/pay.js';
export { payWithCard } from './testing/pay-with-card.js';
export type { StandInPayment } from './testing/stand-in-payment.js';
export { createStandIns, type StandIns, type StandInsOptions } from './testing/stand-ins.js';
export { useStandIns, type StandInsInUse, type UseStandInsOptions } from './testing/use-stand-ins.js';
export * from './testing/izipay/public.js';
export * from './testing/payme/public.js';
export * from './testing/payroc/public.js';
