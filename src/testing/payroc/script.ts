// The entry of a classic script that stands where Payroc's own does, such as
// /stand-in/cdn.uat.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261457.js: its URL tells the path of the API.
import { hosts } from '../../providers/payroc/contract.js';
import { createPageFetch } from '../page-fetch.js';
import { readOwnScript } from '../path.js';
import { createPayrocLibrary } from './library.js';

const { base } = readOwnScript(hosts, 'url');

Object.assign(window, { Payroc: createPayrocLibrary({ fetch: createPageFetch(base) }) });
