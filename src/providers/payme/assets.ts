import { mapEnvironments } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { hosts, scriptPath } from './hosts.js';

export const assets = mapEnvironments(hosts, ({ assets: host, auth, capture }): Assets => ({
  global: 'FlexPaymentForms',
  script: { url: `${host}${scriptPath}` },
  styles: [`${host}/main-flex-payment-forms.css`],
  origins: [auth, capture],
}));
