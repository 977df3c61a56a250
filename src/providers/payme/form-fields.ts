import {
  expected,
  flag,
  group,
  listOf,
  matching,
  oneOf,
  openGroup,
  required,
  rule,
  text,
  unsure,
  type FormField,
  type FormFields,
  type ProviderForm,
} from '../form-fields.js';
import { currencies } from './currencies.js';

/** Pay-me's own plugin sends a documented field empty if the shopper left it empty, so this is not certainly wrong. */
const filled = unsure(rule('not be empty, because Pay-me documents it as required', (value) => value !== ''));
const line = () => required(text(filled));
const digits = (pattern: RegExp, should: string, ...more: Parameters<typeof text>) => required(text(matching(pattern, should), ...more));

/** A buyer, as in `billing` (documentation, "Person"). The sources differ on whether the postal code is required. */
const person: FormFields = {
  first_name: line(),
  last_name: line(),
  email: required(text(filled, unsure(matching(/^$|^\S+@\S+$/, 'be an e-mail address')))),
  phone: required(
    group({ country_code: required(text(filled, unsure(matching(/^(\+?\d{1,4})?$/, 'be a code such as +51')))), subscriber: line() }),
  ),
  location: required(group({ line_1: line(), line_2: text(), city: line(), state: line(), country: line(), zip_code: text() })),
};

/** An identity document (documentation: `{country: 'PER', type: 'DNI', identifier}`). */
const identityDocument = group({ country: text(), type: text(), identifier: required(text()) });

const paymentDetails: FormFields = {
  amount: digits(/^\d{1,12}$/, 'be minor units as text of digits, such as 1050 for 10.50'),
  currency: digits(
    /^\d{3}$/,
    'be the numeric code of ISO 4217 as text, such as 604 for PEN',
    unsure({ ...oneOf(Object.values(currencies)), should: `be a currency of Pay-me: ${Object.values(currencies).join(', ')}` }),
  ),
  billing: required(group(person)),
  shipping: group(person),
  customer: group({ ...person, identity_document: identityDocument }),
  additional_fields: openGroup(
    unsure(rule('have texts only', (fields) => Object.values(fields as object).every((one) => typeof one === 'string'))),
  ),
  wallet: group({ user_id: text() }),
};

const payload: FormFields = {
  action: required(text(unsure(oneOf(['authorize', 'subscribe', 'update_subscription'])))),
  channel: required(text(unsure(oneOf(['ecommerce'])))),
  merchant_code: required(text(rule('not be empty', (value) => value !== ''))),
  merchant_operation_number: digits(
    /^\d{6,12}$/,
    'be 6 to 12 digits as text',
    unsure(matching(/^\d{7,12}$/, 'have at least 7 digits, as the notes on a release say')),
  ),
  // Older pages of the documentation omit it.
  payment_method: expected(group({ method_details: group({ callback_url: text(), redirect_url: text() }) })),
  payment_details: required(group(paymentDetails)),
};

const methods = ['CARD', 'YAPE', 'QR', 'BANK_TRANSFER', 'CUOTEALO', 'PAGOEFECTIVO'];
const language: FormField = text(unsure(oneOf(['es', 'en'])));

/** The options of the Flex constructor, without the nonce (documentation, "Flex"). */
export const paymeForm: ProviderForm = {
  config: group({
    payload: required(group(payload)),
    settings: group({ display_result_screen: flag(), show_close_button: flag(), show_border: flag(), show_operation_number: flag() }),
    display_settings: group({ methods: listOf(text(unsure(oneOf(methods)))) }),
    i18n: group({
      mode: text(unsure(oneOf(['multi', 'single']))),
      default_language: language,
      default: language,
      languages: listOf(language),
    }),
  }),
  unknownKey: "is not in Pay-me's documentation of its form",
  order: { needsBuyer: true, currencies: Object.keys(currencies) },
};
