// The entry of a classic script that stands where Pay-me's own does. Everything that it must know is in its URL, such as
// /stand-in/flex.dev.pay-me.cloud/flex-payment-forms.min.js: the environment that is compiled into it, and the path of the API.
import { hosts, type PaymeEnvironment } from '../../providers/payme/contract.js';
import { fetchThrough } from '../path.js';
import { createFlexLibrary } from './library.js';

const { src } = document.currentScript as HTMLScriptElement;
const environment: PaymeEnvironment = src.includes(`/${new URL(hosts.production.assets).host}/`) ? 'production' : 'sandbox';
const [base = '/'] = new URL(src).pathname.split(`${new URL(hosts[environment].assets).host}/`);

Object.assign(window, { FlexPaymentForms: createFlexLibrary({ fetch: fetchThrough(base), environment }) });
