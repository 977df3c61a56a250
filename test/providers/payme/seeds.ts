import { json, type SeedRequest } from '../../server/seed-request.js';

export const seeds: readonly SeedRequest[] = [
  {
    seed: 'Pay-me, "Autenticación"',
    method: 'POST',
    url: { sandbox: 'https://auth.preprod.alignet.io/token', production: 'https://auth.alignet.io/token' },
    headers: [json, ['alg-api-version', 'SI', '1709847567']],
    body: [
      ['action', 'SI', 'authorize'],
      ['grant_type', 'SI', 'client_credentials'],
      ['audience', 'SI', { sandbox: 'https://api.preprod.alignet.io/', production: 'https://api.alignet.io/' }],
      ['client_id', 'SI', 'your_client_id'],
      ['client_secret', 'SI', 'your_client_secret'],
      ['scope', 'SI', /^(?=.*\bcreate:token\b)(?=.*\bpost:charges\b)(?=.*\bget:charges\b)[a-z:]+( [a-z:]+)*$/],
    ],
    answer: { action: 'authorize', success: true, access_token: 'access_token', expires_in: 8600, token_type: 'Bearer' },
  },
  {
    seed: 'Pay-me, "API Nonce"',
    method: 'POST',
    url: { sandbox: 'https://auth.preprod.alignet.io/nonce', production: 'https://auth.alignet.io/nonce' },
    headers: [json, ['alg-api-version', 'SI', '1709847567'], ['authorization', 'SI', 'Bearer access_token']],
    body: [
      ['action', 'SI', 'create.nonce'],
      ['audience', 'SI', { sandbox: 'https://api.preprod.alignet.io/', production: 'https://api.alignet.io/' }],
      ['client_id', 'SI', 'your_client_id'],
      ['scope', 'SI', 'post:charges'],
    ],
    answer: {
      action: 'create.nonce',
      success: true,
      nonce: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9...',
      scope: 'post:charges',
      expires_in: 30,
      nonce_creation: { meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Código Nonce creado' }] } } },
    },
  },
];
