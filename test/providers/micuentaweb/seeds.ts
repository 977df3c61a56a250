import { json, type SeedRequest } from '../../server/seed-request.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';

const url = 'https://api.micuentaweb.pe/api-payment/V4/Charge/CreatePayment';
const { shopId, password } = sampleAccount;
const customer = {
  email: 'lucia@example.com',
  billingDetails: {
    ...{ firstName: 'Lucía', lastName: 'Quispe', phoneNumber: '+51987654321' },
    ...{ address: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' },
  },
};
const always = (value: unknown) => ({ sandbox: value, production: value });

export const seeds: readonly SeedRequest[] = [
  {
    seed: 'micuentaweb, "Charge/CreatePayment"',
    method: 'POST',
    url: { sandbox: url, production: url },
    headers: [json, ['accept', 'NO', 'application/json'], ['authorization', 'SI', `Basic ${btoa(`${shopId}:${password}`)}`]],
    body: [
      ['amount', 'SI', always(1050)],
      ['currency', 'SI', 'PEN'],
      ['orderId', 'SI', 'A-1001'],
      ['formAction', 'SI', 'PAYMENT'],
      ['customer', 'NO', always(customer)],
      ['transactionOptions', 'NO', always({ cardOptions: { manualValidation: 'NO' } })],
    ],
    answer: {
      webService: 'Charge/CreatePayment',
      version: 'V4',
      applicationVersion: '6.20.0',
      status: 'SUCCESS',
      answer: { formToken: 'DEMO-TOKEN-TO-BE-REPLACED', _type: 'V4/Charge/PaymentForm' },
      ticket: null,
      serverDate: '2026-03-01T12:00:00+00:00',
      applicationProvider: 'MCW',
      metadata: null,
      _type: 'V4/WebService/Response',
    },
  },
];
