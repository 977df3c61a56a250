import { izipaySettings } from '../../providers/izipay/server/settings.js';
import { paymeSettings } from '../../providers/payme/server/settings.js';
import { payrocSettings } from '../../providers/payroc/server/settings.js';
import type { ProviderSettings } from '../../server/provider-settings.js';

/** The providers that the process can serve, by the name in the element's `provider` attribute. */
export const providerTable: Readonly<Record<string, ProviderSettings>> = {
  izipay: izipaySettings,
  payme: paymeSettings,
  payroc: payrocSettings,
};
