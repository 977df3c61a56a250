// The entry of a classic script that replaces Izipay's. It reads its environment and the path of the API from its own URL, such as
// /stand-in/checkout.izipay.pe/payments/v1/js/index.js.
import { hosts } from '../../providers/izipay/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { evaluate } from './evaluate.js';

const { src, environment, base } = readOwnScript(hosts, 'checkout');

evaluate(src, { fetch: createPageFetch(base), environment });
