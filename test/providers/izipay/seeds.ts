import { json, type SeedRequest } from '../../server/seed-request.js';

export const seeds: readonly SeedRequest[] = [
  {
    seed: 'Izipay, "Generar Token de Sesión"',
    method: 'POST',
    url: {
      test: 'https://testapi-pw.izipay.pe/security/v1/Token/Generate',
      sandbox: 'https://sandbox-api-pw.izipay.pe/security/v1/Token/Generate',
      production: 'https://api-pw.izipay.pe/security/v1/Token/Generate',
    },
    headers: [json, ['accept', 'NO', 'application/json'], ['transactionid', 'SI', /^[0-9A-Za-z]{5,40}$/]],
    body: [
      ['requestSource', 'SI', 'ECOMMERCE'],
      ['merchantCode', 'SI', '4007701'],
      ['orderNumber', 'SI', /^[0-9A-Za-z]{5,15}$/],
      ['publicKey', 'SI', 'VErethUtraQuxas57wuMuquprADrAHAb'],
      ['amount', 'SI', '10.50'],
    ],
    answer: { code: '00', message: 'OK', response: { token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.pPe3HGxZwmxn9M90jSX' } },
  },
];
