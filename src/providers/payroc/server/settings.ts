import { defineSettings } from '../../../server/provider-settings.js';
import { payroc, type PayrocOptions } from './adapter.js';

export const payrocSettings = defineSettings((options: PayrocOptions) => payroc(options), {
  notifies: false,
  returns: false,
  settings: {
    apiKey: { description: 'The API key. Each environment has its own.', secret: true },
    processingTerminalId: { description: 'The ID of the terminal that takes the payments.' },
    scenario: { description: '`payment`, or `tokenization` to save cards only. Default: `payment`.', optional: true },
    form: { description: '`card`, `ach` or `pad`. Default: `card`.', optional: true },
    secCode: { description: 'For `ach`: how the customer agreed. Default: `web`.', optional: true },
  },
});
