import { json, type SeedRequest, uuid4 } from '../../server/seed-request.js';

export const seeds: readonly SeedRequest[] = [
  {
    seed: 'Payroc, "Authenticate your session", step 1',
    method: 'POST',
    url: { sandbox: 'https://identity.uat.payroc.com/authorize', production: 'https://identity.payroc.com/authorize' },
    headers: [['x-api-key', 'SI', 'your_api_key']],
    answer: { access_token: 'access_token', expires_in: 3600, scope: 'service_a service_b', token_type: 'Bearer' },
  },
  {
    seed: 'Payroc, "Authenticate your session", step 2',
    method: 'POST',
    url: {
      sandbox: 'https://api.uat.payroc.com/v1/processing-terminals/1234001/hosted-fields-sessions',
      production: 'https://api.payroc.com/v1/processing-terminals/1234001/hosted-fields-sessions',
    },
    headers: [json, ['authorization', 'SI', 'Bearer access_token'], ['idempotency-key', 'SI', uuid4]],
    body: [
      ['libVersion', 'SI', { sandbox: '1.7.0.261457', production: '1.7.0.261471' }],
      ['scenario', 'SI', 'payment'],
    ],
    answer: { processingTerminalId: '1234001', token: 'abcdef1234567890', expiresAt: '2030-07-02T15:30:00.000+02:00' },
  },
];
