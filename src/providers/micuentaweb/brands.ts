import { pageHosts, type Brand } from './hosts.js';

/** The provider names of this folder. Each brand has its own hosts; form and API are the same. */
export const brands = Object.keys(pageHosts) as readonly Brand[];
