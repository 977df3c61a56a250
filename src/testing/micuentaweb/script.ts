// The entry of a classic script that replaces Lyra's. It reads the path of the API from its own URL, such as
// /stand-in/static.micuentaweb.pe/static/js/krypton-client/V4.0/stable/kr-payment-form.min.js.
import { pageHosts } from '../../providers/micuentaweb/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { evaluate } from './evaluate.js';

const hosts = Object.fromEntries(Object.entries(pageHosts).map(([brand, page]) => [brand, { page }]));
const { base } = readOwnScript(hosts, 'page');

evaluate({ fetch: createPageFetch(base), faults: {}, tag: document.currentScript ?? undefined });
