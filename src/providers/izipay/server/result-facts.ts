import type { Order } from '../../../server/order.js';
import { isDenied } from '../contract.js';
import type { ResultFacts } from './outcome-rules.js';
import { isRegistration, readAction, readProcessType } from './requested-payment.js';
import type { SignedPayment, SignedResult } from './signed-result.js';

/** The actions that charge the shopper (documentation, `action`; the last one is in newer integrations only). */
const paymentActions: readonly unknown[] = ['pay', 'pay_register', 'pay_token', 'pay_token_external', 'pay_card_selector'];

/** In any case, as with `isDenied`. */
export const authorizedState = /^autorizado$/i;

/** The methods for which no document promises an authorisation code: QR, Yape and Plin. Any other method needs one. */
const methodsWithoutCode = ['QR', 'YAPE_CODE', 'PAGO_PUSH'];

/** Reads what decides the outcome. Without a signed result, only the order is known. */
export function readFacts(order: Order, result?: SignedResult): ResultFacts {
  const payments = result?.payments ?? [];
  const isEach = (test: (payment: SignedPayment) => boolean) => payments.length > 0 && payments.every(test);
  return {
    ...(result && { code: result.code }),
    isBound: isEach(({ orderNumber }) => orderNumber !== ''),
    isPriced: isEach(({ amount, currency }) => readMinorUnits(amount) !== undefined && isCurrency(currency)),
    isAuthorized: isEach(({ stateMessage }) => authorizedState.test(stateMessage)),
    isDenied: isEach(({ stateMessage }) => isDenied(stateMessage)),
    isCharged: isEach((payment) => payment.uniqueId !== '' && (payment.codeAuth !== '' || !needsCode(payment, result))),
    isStored: result !== undefined && (result.token.cardToken !== '' || String(result.card.save) === 'true'),
    request: readRequest(order, result),
  };
}

function needsCode({ payMethodAuthorization }: SignedPayment, result?: SignedResult): boolean {
  const methods = [payMethodAuthorization, result?.payMethod].filter(Boolean) as string[];
  return methods.length === 0 || !methods.every((method) => methodsWithoutCode.includes(method));
}

/** Reads what the order requested. No document has either field in the signed text, but a contradiction there would count. */
function readRequest(order: Order, result?: SignedResult): ResultFacts['request'] {
  const processType = readProcessType(order);
  if (isRegistration(order)) return 'registration';
  if (!paymentActions.includes(readAction(order)) || result?.action === 'register') return undefined;
  if (processType !== 'AT' && processType !== 'PA') return undefined;
  return [processType, ...(result?.payments ?? []).map((payment) => payment.processType)].includes('PA') ? 'hold' : 'payment';
}

/** Reads an amount such as `15.00`. Returns `undefined` for any other format, such as `15,00`. */
export function readMinorUnits(amount: string): number | undefined {
  return /^\d{1,10}(\.\d{1,2})?$/.test(amount) ? Math.round(Number(amount) * 100) : undefined;
}

export function isCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency);
}
