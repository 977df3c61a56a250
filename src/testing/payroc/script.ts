// The entry of a classic script that stands where Payroc's own does, such as
// /stand-in/cdn.uat.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261457.js: its URL tells the path of the API.
import { fetchThrough } from '../path.js';
import { createPayrocLibrary } from './library.js';

const { src } = document.currentScript as HTMLScriptElement;
const [base = '/'] = new URL(src).pathname.split(/cdn\.(?:uat\.)?payroc\.com\//);

Object.assign(window, { Payroc: createPayrocLibrary({ fetch: fetchThrough(base) }) });
