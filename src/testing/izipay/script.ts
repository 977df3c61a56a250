// The entry of a classic script that stands where Izipay's own does. Everything that it must know is in its URL, such as
// /stand-in/checkout.izipay.pe/payments/v1/js/index.js: the environment that is compiled into it, and the path of the API.
import { hosts, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import { fetchThrough } from '../path.js';
import { evaluate } from './evaluate.js';

const { src } = document.currentScript as HTMLScriptElement;
const hostOf = (environment: IzipayEnvironment) => new URL(hosts[environment].checkout).host;
const environment = (Object.keys(hosts) as IzipayEnvironment[]).find((one) => src.includes(`/${hostOf(one)}/`)) ?? 'sandbox';
const [base = '/'] = new URL(src).pathname.split(`${hostOf(environment)}/`);

evaluate(src, { fetch: fetchThrough(base), environment });
