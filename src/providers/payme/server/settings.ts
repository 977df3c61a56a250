import { defineSettings } from '../../../server/provider-settings.js';
import { payme, type PaymeOptions } from './adapter.js';

export const paymeSettings = defineSettings((options: PaymeOptions) => payme(options), {
  notifies: true,
  returns: true,
  notificationsNeed: 'notificationKey',
  settings: {
    clientId: { description: "The client ID from Pay-me's panel." },
    clientSecret: { description: 'The client secret that belongs to it.', secret: true, rotates: true },
    merchantCode: { description: 'The code of your commerce at Pay-me.' },
    audience: { description: 'The base URL for tokens, if Pay-me gave you another one than its documentation.', optional: true },
    notificationKey: {
      description: 'The public key of Pay-me, with which it signs notifications. Without it, none is accepted.',
      optional: true,
      rotates: true,
    },
  },
});
