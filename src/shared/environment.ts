/** A provider's environment. Only Izipay has `test`. */
export type Environment = 'sandbox' | 'production' | 'test';
