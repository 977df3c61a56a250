import { izipayForm } from '../../providers/izipay/form-fields.js';
import { izipaySettings } from '../../providers/izipay/server/settings.js';
import { micuentawebForm } from '../../providers/micuentaweb/form-fields.js';
import { micuentawebSettings } from '../../providers/micuentaweb/server/settings.js';
import { paymeForm } from '../../providers/payme/form-fields.js';
import { paymeSettings } from '../../providers/payme/server/settings.js';
import { payrocForm } from '../../providers/payroc/form-fields.js';
import { payrocSettings } from '../../providers/payroc/server/settings.js';
import type { ProviderSettings } from '../../server/provider-settings.js';

/** The providers that the process can serve, by the name in the element's `provider` attribute. */
export const providerTable: Readonly<Record<string, ProviderSettings>> = {
  izipay: izipaySettings,
  micuentaweb: micuentawebSettings,
  payme: paymeSettings,
  payroc: payrocSettings,
};

/** What the form of each provider needs, for `pay-checkout check`. */
export const providerForms = { izipay: izipayForm, micuentaweb: micuentawebForm, payme: paymeForm, payroc: payrocForm };
