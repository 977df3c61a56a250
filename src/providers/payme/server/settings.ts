import { defineSettings } from '../../../server/provider-settings.js';
import { payme, type PaymeOptions } from './adapter.js';

export const paymeSettings = defineSettings((options: PaymeOptions) => payme(options), {
  callsBack: true,
  settings: {
    clientId: {},
    clientSecret: { secret: true, rotates: true },
    merchantCode: {},
    audience: { optional: true },
    notificationKey: { optional: true, rotates: true },
  },
});
