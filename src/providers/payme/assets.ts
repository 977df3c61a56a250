import { mapEnvironments } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { pageHosts, scriptPath } from './hosts.js';

export const assets = mapEnvironments(pageHosts, ({ assets: host, auth, capture }): Assets => ({
  global: 'FlexPaymentForms',
  script: { url: `${host}${scriptPath}` },
  styles: [`${host}/main-flex-payment-forms.css`],
  origins: [auth, capture],
}));
