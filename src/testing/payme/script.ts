// The entry of a classic script that replaces Pay-me's. It reads its environment and the path of the API from its own URL, such as
// /stand-in/flex.dev.pay-me.cloud/flex-payment-forms.min.js.
import { hosts } from '../../providers/payme/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { createFlexLibrary } from './library.js';

const { environment, base } = readOwnScript(hosts, 'assets');

Object.assign(window, { FlexPaymentForms: createFlexLibrary({ fetch: createPageFetch(base), environment }) });
