import { defineSettings } from '../../../server/provider-settings.js';
import { izipay } from './adapter.js';
import type { IzipayOptions } from './token-call.js';

export const izipaySettings = defineSettings((options: IzipayOptions) => izipay(options), {
  callsBack: true,
  settings: {
    merchantCode: {},
    publicKey: { secret: true },
    hashKey: { secret: true, rotates: true },
    keyRSA: {},
    buyerKey: { secret: true, optional: true },
    experimental: { optional: true, flag: true },
  },
});
