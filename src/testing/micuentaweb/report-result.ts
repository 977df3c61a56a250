import type { Callbacks } from './callbacks.js';
import type { KrError, KrPayment, KrResult } from './types.js';

/** What the library does after a result. */
export interface Report {
  readonly callbacks: Callbacks;
  readonly formToken: string;
  readonly formId: string;
  /** The last refused payment, if `onSubmit` receives it after the last try. */
  readonly lastRefused?: KrResult;
}

/** What becomes of the form: open for more tries, paid, paid with a page that may navigate (`left`), closed, or unchanged (`ignored`). */
export type FormState = 'open' | 'paid' | 'left' | 'closed' | 'ignored';

const nulls: KrResult = { clientAnswer: null, rawClientAnswer: null, hash: null, hashAlgorithm: null, hashKey: null };

/**
 * Calls the page's callbacks for a payment (*measured in the 2022 build*). A refusal and a partial payment are errors. A paid one without
 * a hash reaches no callback.
 */
export function reportPayment(result: KrResult, report: Report): FormState {
  const { callbacks } = report;
  const { orderStatus = '' } = result.clientAnswer ?? {};
  if (orderStatus === 'PAID' && !result.hash) return 'ignored';
  callbacks.call('onTransactionCreated', result);
  if (orderStatus === 'PAID' || orderStatus === 'RUNNING') {
    // Only a synchronous false keeps the page. One that throws does too.
    return callbacks.call('onSubmit', result).includes(false) ? 'paid' : 'left';
  }
  if (orderStatus === 'PARTIALLY_PAID') callbacks.call('onError', createError('PSP_996', report, result.clientAnswer ?? {}));
  else callbacks.call('onError', { ...createError('ACQ_001', report, result), detailedErrorCode: '51' });
  return 'open';
}

/** Calls the page's callbacks for an error. After PSP_099 the form is closed, and `onSubmit` is called too (*measured in the 2022 build*). */
export function reportError(errorCode: string, report: Report): FormState {
  report.callbacks.call('onError', createError(errorCode, report));
  if (errorCode !== 'PSP_099') return 'open';
  report.callbacks.call('onSubmit', { ...nulls, ...report.lastRefused });
  return 'closed';
}

function createError(errorCode: string, { formToken, formId }: Report, answer?: KrResult | KrPayment): KrError {
  const metadata = { formToken, ...(answer && { answer }) };
  const texts = { errorMessage: errorCode === 'ACQ_001' ? 'Payment refused' : 'Error', detailedErrorCode: null, children: [] };
  return { errorCode, ...texts, metadata, formId, _type: 'krypton/error' };
}

/** Codes that a production key does not mask. */
const known = /^(CLIENT_\d+|PSP_(003|099|108|113|136|539|605|606|610|625|641|647|649|99[6-9])|INT_90[34]|ACQ_(001|999)|AUTH_149)$/;

/** With a production key, an unknown code becomes ACQ_001 (*read in the 2022 build*; the list of known ones is that of the documentation). */
export function maskCode(errorCode: string, publicKey: string): string {
  return publicKey.includes(':testpublickey_') || known.test(errorCode) ? errorCode : 'ACQ_001';
}
