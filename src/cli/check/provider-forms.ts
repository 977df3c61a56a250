import { izipayForm } from '../../providers/izipay/form-fields.js';
import { paymeForm } from '../../providers/payme/form-fields.js';
import { payrocForm } from '../../providers/payroc/form-fields.js';
import type { BuiltInName } from '../../providers/built-in.js';
import type { ProviderForm } from '../../providers/form-fields.js';

/** What the form of each provider needs. */
export const providerForms: Readonly<Record<BuiltInName, ProviderForm>> = { izipay: izipayForm, payme: paymeForm, payroc: payrocForm };
