import { defineSettings } from '../../../server/provider-settings.js';
import { izipay } from './adapter.js';
import type { IzipayOptions } from './token-call.js';

export const izipaySettings = defineSettings((options: IzipayOptions) => izipay(options), {
  notifies: true,
  returns: true,
  settings: {
    merchantCode: { description: 'The code of your commerce at Izipay.' },
    publicKey: { description: 'The "Clave API Nuevo Botón de Pagos". It creates tokens, so it is a secret.', secret: true },
    hashKey: { description: 'The "clave hash", with which Izipay signs results.', secret: true, rotates: true },
    keyRSA: { description: 'The RSA public key of Izipay, which the page receives.' },
    buyerKey: {
      description: 'Keeps the saved cards of a shopper together. Set it before you replace the hash key for the first time.',
      secret: true,
      optional: true,
    },
    experimental: { description: '`true` allows the operations that Izipay does not document.', optional: true, flag: true },
  },
});
