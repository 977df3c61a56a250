// The entry of a classic script that stands where Pay-me's own does. Everything that it must know is in its URL, such as
// /stand-in/flex.dev.pay-me.cloud/flex-payment-forms.min.js: the environment that is compiled into it, and the path of the API.
import { hosts } from '../../providers/payme/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { createFlexLibrary } from './library.js';

const { environment, base } = readOwnScript(hosts, 'assets');

Object.assign(window, { FlexPaymentForms: createFlexLibrary({ fetch: createPageFetch(base), environment }) });
