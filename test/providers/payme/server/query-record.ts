import * as z from 'zod/mini';
import { payme } from '../../../../src/server.js';
import type { PaymentContext, PaymentRecord } from '../../../../src/server/operations/provider-operations.js';
import type { Send } from '../../../../src/server/upstream.js';
import { credentials } from '../../../server/fake-payme.js';
import { payment, type DocumentedPayme } from './documented-payme.js';

export const { operations } = payme(credentials);

/** Creates the context in which Pay-me's provider reads and changes the payment, without a ledger. */
export function createContext({ fetch }: Pick<DocumentedPayme, 'fetch'>): PaymentContext {
  const send: Send = async ({ url, method, responseSchema }) => {
    const response = await fetch(url, { method });
    return z.parse(responseSchema as z.ZodMiniType<never>, await response.json());
  };
  const order = { reference: 'A-1001', amount: 1050, currency: 'PEN' };
  const withBearer: PaymentContext['withBearer'] = (_grant, work) => work('bearer');
  return { environment: 'sandbox', payment, order, moves: [], send, withBearer } as unknown as PaymentContext;
}

/** Requests the record of the payment as Pay-me's provider returns it, before the ledger adds anything. */
export function queryRecord(upstream: DocumentedPayme): Promise<PaymentRecord> {
  return operations.query(createContext(upstream));
}
