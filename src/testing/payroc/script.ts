// The entry of a classic script that replaces Payroc's. It reads the path of the API from its own URL, such as
// /stand-in/cdn.uat.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261457.js.
import { hosts } from '../../providers/payroc/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { createPayrocLibrary } from './library.js';

const { base } = readOwnScript(hosts, 'url');

Object.assign(window, { Payroc: createPayrocLibrary({ fetch: createPageFetch(base) }) });
