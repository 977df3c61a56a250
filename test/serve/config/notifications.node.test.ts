import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/serve/config/read-config.js';
import { createStandIns } from '../../../src/testing/stand-ins.js';
import { backendSecret } from '../support.js';

const { notificationKey, ...account } = await createStandIns().payme.credentials();

const variables = {
  PAY_ENVIRONMENT: 'sandbox',
  PAY_ORDER_URL: 'https://shop.example.com/order',
  PAY_OUTCOME_URL: 'https://shop.example.com/outcome',
  PAY_BACKEND_SECRET: backendSecret,
  PAYME_CLIENT_ID: account.clientId,
  PAYME_CLIENT_SECRET: account.clientSecret,
  PAYME_MERCHANT_CODE: account.merchantCode,
};

const listWarnings = async (changes: Readonly<Record<string, string | undefined>>) =>
  (await readConfig({ variables: { ...variables, ...changes } }, () => Promise.resolve({}))).warnings;

describe('a configuration without notifications', () => {
  it('is named if the address of the shop is missing', async () => {
    expect(await listWarnings({})).toEqual([expect.stringMatching(/^PAY_PUBLIC_URL is not set, so tokens of payme name no address/)]);
  });

  it('is named if notifications could not be verified', async () => {
    expect(await listWarnings({ PAY_PUBLIC_URL: 'https://shop.example.com' })).toEqual([
      expect.stringMatching(/^PAYME_NOTIFICATION_KEY is not set, so notifications of payme cannot be verified/),
    ]);
  });

  it('is complete with both', async () => {
    const complete = { PAY_PUBLIC_URL: 'https://shop.example.com', PAYME_NOTIFICATION_KEY: notificationKey };
    expect(await listWarnings(complete)).toEqual([]);
  });
});
