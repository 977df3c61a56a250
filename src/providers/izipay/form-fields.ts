import {
  anything,
  expected,
  flag,
  group,
  lengthOf,
  listOf,
  matching,
  oneOf,
  openGroup,
  required,
  rule,
  text,
  textOrNumber,
  unsure,
  type FormFields,
  type ProviderForm,
} from '../form-fields.js';
import { currencies } from './currencies.js';

/** The library removes some characters without a warning (*measured in the September 2025 build*). */
const kept = unsure(
  rule(
    'not contain a character that Izipay\'s library removes (| & ; $ % " # < > ( ) + ,)',
    (value) => !/[|&;$%"#<>()+,]/.test(String(value)),
  ),
);

/** A length on which documentation and library agree, and the stricter one of the documentation. */
const limited = (min: number, max: number, stricter = max) => text(lengthOf(min, max), unsure(lengthOf(min, stricter)), kept);

const order: FormFields = {
  orderNumber: required(textOrNumber(unsure(lengthOf(5, 15)), kept)),
  amount: required(
    textOrNumber(
      matching(/^\d{1,6}(\.\d+)?$/, 'be the amount with a decimal point, such as 10.50, up to 999999.00'),
      unsure(matching(/^\d+\.\d\d$/, 'have two decimals, such as 10.50, because Izipay reads 1050 as 1050.00')),
    ),
  ),
  currency: text(oneOf(currencies)),
  processType: required(text(unsure(oneOf(['AT', 'PA'])))),
  merchantBuyerId: required(textOrNumber(unsure(lengthOf(5, 100)), kept)),
  dateTimeTransaction: required(textOrNumber(unsure(matching(/^\d{16}$/, 'be microseconds since 1970, 16 digits')))),
  payMethod: text(),
  showAmount: flag(),
  installments: textOrNumber(unsure(matching(/^\d{1,2}$/, 'be one or two digits'))),
  deferred: textOrNumber(unsure(matching(/^.$/, 'be one character'))),
  channel: text(unsure(oneOf(['web']))),
};

/** A buyer. The library requires no field of it, but checks those that it gets (*measured in the September 2025 build*). */
const buyer: FormFields = {
  firstName: limited(2, 50),
  lastName: limited(2, 50),
  email: limited(5, 50),
  phoneNumber: textOrNumber(matching(/^\d{7,15}$/, 'be 7 to 15 digits')),
  street: limited(5, 40),
  city: limited(3, 40, 25),
  state: limited(3, 40, 25),
  country: text(matching(/^[A-Z]{2}$/, 'be the two capital letters of ISO 3166')),
  postalCode: textOrNumber(lengthOf(5, 10), kept),
  documentType: text(oneOf(['DNI', 'CE', 'PASAPORTE', 'RUC', 'OTROS'])),
  document: textOrNumber(unsure(lengthOf(7, 15)), kept),
};

const url = () => text(lengthOf(5, 400));

const render: FormFields = {
  typeForm: text(oneOf(['pop-up', 'embedded', 'redirect'])),
  container: anything(),
  showButtonProcessForm: flag(),
  redirectUrls: group({ onSuccess: required(url()), onError: expected(url()), onCancel: expected(url()) }),
};

const names = (list: string) => Object.fromEntries(list.split(' ').map((name) => [name, anything()]));

/** Only the names are checked: the library's own lists of values change. */
const appearance: FormFields = {
  ...names('styleInput logo theme customTheme'),
  customize: group({
    visibility: group(
      names(
        'hideOrderNumber hideResultScreen hideLogo hideMessageActivateOnlinePurchases hideTestCards hideShakeValidation hideGlobalErrors',
      ),
    ),
    elements: listOf(
      group({
        ...names('paymentMethod order'),
        fields: listOf(group(names('name order visible customText label groupName'))),
        changeButtonText: group(names('actionPay actionRegister')),
      }),
    ),
  }),
};

/** Newer builds have actions that the documentation we could read does not list. */
const actions = ['pay', 'register', 'pay_register', 'pay_token', 'pay_token_external', 'pay_card_selector'];

/** `keyRSA`, which the element takes out, and the configuration of the library. */
export const izipayForm: ProviderForm = {
  config: group({
    keyRSA: required(text(rule('not be empty', (value) => value !== ''))),
    transactionId: required(textOrNumber(matching(/^[0-9a-zA-Z]{5,40}$/, 'be 5 to 40 letters and digits'))),
    action: required(text(unsure(oneOf(actions)))),
    merchantCode: required(textOrNumber(lengthOf(1, 15), unsure(lengthOf(7, 15)))),
    facilitatorCode: textOrNumber(unsure(lengthOf(7, 15))),
    order: required(group(order)),
    billing: group({ ...buyer, companyName: limited(2, 25) }),
    shipping: group(buyer),
    token: group({ cardToken: text(lengthOf(1, 64)) }),
    card: anything(rule('be absent: card data must never be in your backend', () => false)),
    language: group({ init: text(unsure(oneOf(['ESP', 'ENG']))), showControlMultiLang: flag() }),
    render: group(
      render,
      rule('have `redirectUrls`, because `typeForm` is redirect', (value) => {
        const { typeForm, redirectUrls } = value as Record<string, unknown>;
        return typeForm !== 'redirect' || redirectUrls !== undefined;
      }),
    ),
    urlIPN: text(
      lengthOf(5, 400),
      unsure(matching(/^https:/, 'be https, which Izipay requires in production')),
      unsure(
        rule(
          "have at most one query parameter, because Izipay's library removes `&`, `%` and `#`",
          (value) => !/[&%#]/.test(String(value)),
        ),
      ),
    ),
    urlRedirect: url(),
    appearance: group(appearance),
    // Older builds take an object, newer ones a list.
    customFields: anything(),
    originEntry: group({ originCode: anything(), originDetail: anything() }),
    cardSelector: openGroup(),
  }),
  unknownKey: "is no known key of Izipay's library, which opens no form if it does not know a key",
  order: { currencies },
};
