import { anything, group, matching, oneOf, required, rule, text, type FormFields, type ProviderForm } from '../form-fields.js';
import { publicKeyPattern } from './contract.js';

const absent = (why: string) => anything(rule(`be absent: ${why}`, () => false));
const ofElement = absent('the element sets it');
const navigating = absent('it would leave the page');

/** Options of the library that fit an embedded form (documentation, "Features"). Their values are not checked. */
const options =
  'kr-language kr-hide-debug-toolbar kr-clear-on-error kr-placeholder-pan kr-placeholder-expiry kr-placeholder-security-code ' +
  'kr-label-do-register kr-label-identity-document-number kr-label-identity-document-type kr-label-installment-number ' +
  'kr-brands kr-read-only kr-z-index kr-theme kr-popin kr-card-form-expanded kr-no-card-logo-header kr-single-payment-button ' +
  'kr-payment-methods kr-grid kr-other-payment-methods-label';

const navigatingOptions =
  'kr-post-url-success kr-post-url-refused kr-post-url-cancel kr-get-url-success kr-get-url-refused kr-get-url-cancel';

const names = (list: string, field: FormFields[string]): FormFields => Object.fromEntries(list.split(' ').map((name) => [name, field]));

/** The public key, which the element requires, and the library's options. */
export const micuentawebForm: ProviderForm = {
  config: group({
    publicKey: required(
      text(matching(publicKeyPattern, 'be the public key of the shop: its number, a colon, and publickey_ or testpublickey_')),
    ),
    form: text(oneOf(['cards', 'smart'])),
    ...names(options, anything()),
    ...names('kr-form-token kr-public-key kr-spa-mode', ofElement),
    ...names(navigatingOptions, navigating),
  }),
  unknownKey: "is no known option of Lyra's library, which ignores what it does not know",
  pageKeys: ['publicKey'],
  order: {},
};
