import { defineSettings } from '../../../server/provider-settings.js';
import type { MicuentawebOptions } from './account.js';
import { micuentaweb } from './adapter.js';

export const micuentawebSettings = defineSettings((options: MicuentawebOptions) => micuentaweb(options), {
  notifies: true,
  returns: false,
  nameOption: 'brand',
  settings: {
    shopId: { description: 'The number of your shop, which is also the user of the REST API.' },
    password: { description: 'The password of the REST API, which also signs notifications.', secret: true, rotates: true },
    publicKey: { description: 'The public key of the JavaScript client, which the page receives.' },
    hashKey: { description: 'The HMAC-SHA-256 key, with which Lyra signs the results in the page.', secret: true, rotates: true },
    brand: { description: 'The brand of Lyra that your shop belongs to. Default: `micuentaweb`.', optional: true },
    retries: {
      description: 'How often the shopper may try again with the same token after a refusal. By default, Lyra decides.',
      optional: true,
      integer: true,
    },
    paymentMethods: {
      description: 'The payment methods that the form offers, such as `CARDS`, separated by commas. Default: all methods of the shop.',
      optional: true,
      list: true,
    },
    form: { description: '`cards`, or `smart` for all methods, which is not tested yet. Default: `cards`.', optional: true },
    experimental: { description: '`true` allows the operations that no document describes completely.', optional: true, flag: true },
  },
});
