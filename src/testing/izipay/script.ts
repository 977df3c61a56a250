// The entry of a classic script that stands where Izipay's own does. Everything that it must know is in its URL, such as
// /stand-in/checkout.izipay.pe/payments/v1/js/index.js: the environment that is compiled into it, and the path of the API.
import { hosts } from '../../providers/izipay/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { evaluate } from './evaluate.js';

const { src, environment, base } = readOwnScript(hosts, 'checkout');

evaluate(src, { fetch: createPageFetch(base), environment });
