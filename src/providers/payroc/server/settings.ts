import { defineSettings } from '../../../server/provider-settings.js';
import { payroc, type PayrocOptions } from './adapter.js';

export const payrocSettings = defineSettings((options: PayrocOptions) => payroc(options), {
  callsBack: false,
  settings: {
    apiKey: { secret: true },
    processingTerminalId: {},
    scenario: { optional: true },
    form: { optional: true },
    secCode: { optional: true },
  },
});
