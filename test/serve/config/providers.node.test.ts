import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/serve/config/config-error.js';
import { providerTable } from '../../../src/serve/config/provider-table.js';
import { readStandIns as requestStandIns } from '../../../src/serve/stand-ins.js';
import { providerNames } from '../../../src/testing/providers.js';
import { serveHttp } from '../support.js';
import { minimal, noProvider, paymeVariables, read, readProblems, sample } from './support.js';

const standIns = 'http://127.0.0.1:4010';
const readSample = () => Promise.resolve(sample);

describe('environment of a provider', () => {
  it('is that of the process by default', async () => {
    const { providers } = await read({ ...paymeVariables });
    expect([providers.payme?.environment, providers.payroc?.environment]).toEqual(['sandbox', 'sandbox']);
  });

  it('can be its own', async () => {
    const { providers } = await read({ ...paymeVariables, PAYME_ENVIRONMENT: 'production' });
    expect([providers.payme?.environment, providers.payroc?.environment]).toEqual(['production', 'sandbox']);
  });

  it('is named if the provider does not have it', async () => {
    expect(await readProblems({ PAYROC_ENVIRONMENT: 'test' })).toEqual([
      'PAYROC_ENVIRONMENT is test, which payroc does not have. Set PAYROC_ENVIRONMENT to sandbox or production.',
    ]);
    expect(await readProblems({ PAY_ENVIRONMENT: 'test' })).toEqual([
      'PAY_ENVIRONMENT is test, which payroc does not have. Set PAYROC_ENVIRONMENT to sandbox or production.',
    ]);
  });
});

describe('brand of micuentaweb', () => {
  const { shopId, password, publicKey, hashKey } = sample.micuentaweb;
  const variables = {
    MICUENTAWEB_SHOP_ID: shopId,
    MICUENTAWEB_PASSWORD: password,
    MICUENTAWEB_PUBLIC_KEY: publicKey,
    MICUENTAWEB_HASH_KEY: hashKey,
    MICUENTAWEB_BRAND: 'payzen',
  };

  it('is the name of the provider', async () => {
    const { providers } = await read({ ...noProvider, ...variables });
    expect(Object.entries(providers)).toEqual([['payzen', expect.objectContaining({ environment: 'sandbox' })]]);
  });

  it('is named by its variable if it is unknown', async () => {
    expect(await readProblems({ ...variables, MICUENTAWEB_BRAND: 'paypal' })).toEqual([
      expect.stringMatching(/^MICUENTAWEB_BRAND: .*`brand`/),
    ]);
  });

  it('has the environment of its keys only', async () => {
    expect(await readProblems({ ...noProvider, ...variables, PAY_ENVIRONMENT: 'production' })).toEqual([
      'PAY_ENVIRONMENT is production, but the keys of payzen are of sandbox. ' +
        'Use keys of production, or set MICUENTAWEB_ENVIRONMENT to sandbox.',
    ]);
    const { providers } = await read({ ...noProvider, ...variables, PAY_ENVIRONMENT: 'production', MICUENTAWEB_ENVIRONMENT: 'sandbox' });
    expect(providers.payzen?.environment).toBe('sandbox');
  });
});

describe('validation of a provider', () => {
  it("names the variable of the provider's own error", async () => {
    const [problem, ...others] = await readProblems({ PAYROC_SCENARIO: 'gift' });
    expect(others).toEqual([]);
    expect(problem).toMatch(/^PAYROC_SCENARIO: .*`scenario` should be/);
    expect(problem).not.toContain('gift');
  });

  it.each(['a key', ['a key', 'another key']])('reads a public key or a list of keys from JSON: %j', async (notificationKey) => {
    const problems = await readProblems(paymeVariables, { providers: { payme: { notificationKey } } });
    expect(problems).toEqual([expect.stringMatching(/^PAYME_NOTIFICATION_KEY: payme\(\): `notificationKey` should be an RSA public key/)]);
  });

  it('names PAY_PUBLIC_URL if the provider does not accept the address for its returns', async () => {
    const problems = await readProblems({ ...paymeVariables, PAY_PUBLIC_URL: 'http://shop.localhost:8000', PAYME_RETURNS: 'true' });
    expect(problems).toEqual([expect.stringMatching(/^PAY_PUBLIC_URL: .*`returnUrl` should be an https URL/)]);
  });

  it('accepts the addresses that are made from PAY_PUBLIC_URL', async () => {
    const { providers } = await read({ ...paymeVariables, PAY_PUBLIC_URL: 'https://shop.example.com', PAYME_RETURNS: 'true' });
    expect(Object.keys(providers)).toEqual(['payme', 'payroc']);
  });

  it('needs PAY_PUBLIC_URL for returns', async () => {
    expect(await readProblems({ ...paymeVariables, PAYME_RETURNS: 'true' })).toEqual([
      'PAYME_RETURNS needs PAY_PUBLIC_URL, the address of the shop.',
    ]);
    expect(await read({ ...paymeVariables, PAYME_RETURNS: 'false' })).toHaveProperty('providers.payme');
  });

  it('accepts true and false only for a flag', async () => {
    expect(await readProblems({ ...paymeVariables, PAYME_RETURNS: 'yes' })).toEqual([expect.stringMatching(/^PAYME_RETURNS should be/)]);
  });

  it('reports a wrong setting once, not as missing too', async () => {
    const json = { providers: { payme: { clientId: 7, merchantCode: 'a-code' } } };
    expect(await readProblems({ PAYME_CLIENT_SECRET: 'the-client-secret' }, json)).toEqual([
      '`providers.payme.clientId` should be string, but was a different number.',
    ]);
  });
});

describe('stand-ins', () => {
  it('switch every provider on that they know', async () => {
    const { providers } = await read({ PAY_STAND_INS: standIns }, {}, readSample);
    expect(Object.keys(providers)).toEqual(providerNames);
  });

  it('leave out a provider that lacks the environment and has no settings', async () => {
    const { providers } = await read({ ...noProvider, PAY_ENVIRONMENT: 'test', PAY_STAND_INS: standIns }, {}, readSample);
    const withTest = providerNames.filter((name) => providerTable[name]?.create(sample[name]).environments.includes('test'));
    expect(withTest.length).toBeLessThan(providerNames.length);
    expect(Object.keys(providers)).toEqual(withTest);
  });

  it.each(['PAY_ENVIRONMENT', 'PAYROC_ENVIRONMENT'])('are refused if %s is production', async (variable) => {
    expect(await readProblems({ [variable]: 'production', PAY_STAND_INS: standIns }, {}, readSample)).toEqual([
      `${variable} is production, but PAY_STAND_INS is set. Stand-ins confirm payments without money: unset it, or set ${variable} to sandbox.`,
    ]);
  });

  it('must be running', async () => {
    const url = await serveHttp(() => new Response('busy', { status: 503 }));
    const others = [await serveHttp(() => Response.json([])), await serveHttp(() => new Response('<html>')), 'http://127.0.0.1:1'];
    for (const address of [url, ...others]) {
      const message = `PAY_STAND_INS should be the address of \`npx pay-checkout stand-ins\`, but nothing at ${address} answers as it does. Start it first.`;
      await expect(requestStandIns(address)).rejects.toThrow(new ConfigError([message]));
    }
  });

  it('provide their credentials', async () => {
    const url = await serveHttp(({ url: requested }) => Response.json(new URL(requested).pathname === '/settings' ? sample : {}));
    expect(await requestStandIns(url)).toEqual(sample);
    expect(minimal.PAYROC_API_KEY).not.toBe(sample.payroc.apiKey);
  });
});
