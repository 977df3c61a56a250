import { CheckoutError } from '../../src/state/errors.js';

export const declined = { status: 'failed', error: new CheckoutError('declined', undefined, 'The provider said no.') } as const;
export const paid = { status: 'succeeded', reference: 'r-1', raw: { card: 'visa' } } as const;
export const pending = { status: 'pending', reference: 'r-1', raw: { qr: true } } as const;
