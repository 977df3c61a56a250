import { describe, expect, it } from 'vitest';
import { toVariable } from '../../../src/serve/config/setting.js';
import { providerNames } from '../../../src/testing/providers.js';
import { minimal, noProvider, paymeVariables, read, readProblems, secret } from './support.js';

const string = 'but was a different string';

/** A variable, its value, and the problem that follows. */
const mistakes: readonly (readonly [variable: string, value: string, problem: string])[] = [
  ['PAY_ENVIRONMENT', '', 'PAY_ENVIRONMENT is missing. Set it, or `environment` in the JSON file.'],
  ['PAY_ENVIRONMENT', 'live', `PAY_ENVIRONMENT should be sandbox, production or test, ${string}.`],
  ['PAY_ORDER_URL', '', 'PAY_ORDER_URL is missing. Set it, or `orderUrl` in the JSON file.'],
  [
    'PAY_ORDER_URL',
    'http://shop.example.com/order',
    `PAY_ORDER_URL should be an https URL, or an http URL on a loopback host, without a user name, ${string}.`,
  ],
  [
    'PAY_OUTCOME_URL',
    'https://user:password@shop.example.com/',
    `PAY_OUTCOME_URL should be an https URL, or an http URL on a loopback host, without a user name, ${string}.`,
  ],
  [
    'PAY_OUTCOME_URL',
    '/outcome',
    `PAY_OUTCOME_URL should be an https URL, or an http URL on a loopback host, without a user name, ${string}.`,
  ],
  ['PAY_BACKEND_SECRET', '', 'PAY_BACKEND_SECRET is missing. Set it, or name a file with its value in PAY_BACKEND_SECRET_FILE.'],
  [
    'PAY_BACKEND_SECRET',
    'short',
    `PAY_BACKEND_SECRET should have at least 32 characters, such as the output of \`openssl rand -hex 32\`, ${string}.`,
  ],
  [
    'PAY_BACKEND_SECRET_2',
    'short',
    `PAY_BACKEND_SECRET_2 should have at least 32 characters, such as the output of \`openssl rand -hex 32\`, ${string}.`,
  ],
  [
    'PAY_OPERATIONS_KEY',
    'short',
    `PAY_OPERATIONS_KEY should have at least 32 characters, such as the output of \`openssl rand -hex 32\`, ${string}.`,
  ],
  ['PORT', '65536', 'PORT should be a whole number up to 65535, but was a different string.'],
  ['PORT', 'http', 'PORT should be a whole number up to 65535, but was a different string.'],
  ['PORT', '-1', 'PORT should be a whole number up to 65535, but was a different string.'],
  ['PAY_BASE_PATH', '/api/pay/', `PAY_BASE_PATH should be a path such as /api/pay, without a slash at its end, ${string}.`],
  [
    'PAY_PUBLIC_URL',
    'https://shop.example.com/',
    `PAY_PUBLIC_URL should be an origin, such as https://shop.example.com, without a path, ${string}.`,
  ],
  ['PAY_PUBLIC_URL', 'shop', `PAY_PUBLIC_URL should be an origin, such as https://shop.example.com, without a path, ${string}.`],
  ['PAY_STAND_INS', '4010', `PAY_STAND_INS should be an origin, such as https://shop.example.com, without a path, ${string}.`],
  ['PAY_PUBLIC_URL', 'http://shop.example.com', `PAY_PUBLIC_URL should be https, or http on a loopback host, ${string}.`],
  ['PAY_RETURN_PAGE', '//evil.example.com', `PAY_RETURN_PAGE should be a path such as /order, or a URL, without #, ${string}.`],
  ['PAY_RETURN_PAGE', '/order#paid', `PAY_RETURN_PAGE should be a path such as /order, or a URL, without #, ${string}.`],
  [
    'PAY_ORIGINS',
    'https://a.example, shop.example',
    `PAY_ORIGINS: value 2 should be an origin, such as https://shop.example.com, without a path, ${string}.`,
  ],
  ['PAY_FORWARD_HEADERS', 'X-Tenant,X Y', `PAY_FORWARD_HEADERS: value 2 should be the name of a header, ${string}.`],
  [
    'PAY_FORWARD_HEADERS',
    'Content-Length',
    `PAY_FORWARD_HEADERS: value 1 should be a header that belongs to the visitor, not to the connection or the body, ${string}.`,
  ],
  [
    'REDIS_URL',
    'localhost:6379',
    `REDIS_URL should be a URL such as redis://127.0.0.1:6379, with special characters of its password percent-encoded, ${string}.`,
  ],
  [
    'PAY_TRUSTED_PROXIES',
    'loopback,proxy.example.com',
    `PAY_TRUSTED_PROXIES: value 2 should be an address, a block such as 10.0.0.0/8, or loopback, linklocal or uniquelocal, ${string}.`,
  ],
  ['PAY_REDIS_PREFIX', 'a:b', `PAY_REDIS_PREFIX should have letters, digits and .-_ only, ${string}.`],
  ['PAY_RATE_LIMIT', '1.5', `PAY_RATE_LIMIT should be a whole number up to 1000000, ${string}.`],
  ['PAY_LOG_LEVEL', 'verbose', `PAY_LOG_LEVEL should be trace, debug, info, warn, error, fatal or silent, ${string}.`],
  ['PAY_STAND_INS', 'https://standins.example.com', `PAY_STAND_INS should be on this machine, such as http://127.0.0.1:4010, ${string}.`],
  ['PAYROC_ENVIRONMENT', 'uat', `PAYROC_ENVIRONMENT should be sandbox, production or test, ${string}.`],
  ['PAYROC_API_KEY', '', 'PAYROC_API_KEY is missing. Set it, or name a file with its value in PAYROC_API_KEY_FILE.'],
  [
    'PAYROC_PROCESSING_TERMINAL_ID',
    '',
    'PAYROC_PROCESSING_TERMINAL_ID is missing. Set it, or `providers.payroc.processingTerminalId` in the JSON file.',
  ],
];

/** A value of the JSON file, and the problem that follows. */
const jsonMistakes: readonly (readonly [json: unknown, problem: string])[] = [
  [[], 'The JSON file should hold an object.'],
  ['text', 'The JSON file should hold an object.'],
  [{ orderURL: 'https://shop.example.com' }, '`orderURL` in the JSON file is no setting. See the list of settings in docs/serve.md.'],
  [{ providers: [] }, '`providers` in the JSON file should be an object.'],
  [{ providers: { payroc: 'on' } }, '`providers.payroc` in the JSON file should be an object.'],
  [
    { providers: { payroc: { key: 'x' } } },
    '`providers.payroc.key` in the JSON file is no setting. See the list of settings in docs/serve.md.',
  ],
  [{ providers: { paypal: {} } }, '`providers.paypal` in the JSON file is no setting. See the list of settings in docs/serve.md.'],
  [{ host: 5 }, '`host` should be string, but was a different number.'],
  [{ host: '' }, '`host` should not be empty, but was empty.'],
  [{ port: 80.5 }, '`port` should be a whole number up to 65535, but was a different number.'],
  [{ port: -1 }, '`port` should be a whole number up to 65535, but was a different number.'],
  [{ port: null }, '`port` should be a whole number up to 65535, but was null.'],
  [{ origins: { a: 1 } }, '`origins` should be array, but was a different object.'],
  [{ origins: [7] }, '`origins`: value 1 should be string, but was a different number.'],
  [{ providers: { payroc: { scenario: 7 } } }, '`providers.payroc.scenario` should be string, but was a different number.'],
  [
    { operationsKey: secret },
    '`operationsKey` should not be in the JSON file, because it is a secret. Use PAY_OPERATIONS_KEY, PAY_OPERATIONS_KEY_FILE, or `operationsKeyFile` in the JSON file, which names a file.',
  ],
  [
    { redisUrl: 'redis://:password@redis' },
    '`redisUrl` should not be in the JSON file, because it is a secret. Use REDIS_URL, REDIS_URL_FILE, or `redisUrlFile` in the JSON file, which names a file.',
  ],
  [{ operationsKeyFile: [] }, '`operationsKeyFile` should be the path of a file, or a list of paths, newest secret first.'],
  [{ operationsKeyFile: { path: 'x' } }, '`operationsKeyFile` should be the path of a file, or a list of paths, newest secret first.'],
  [{ redisUrlFile: ['a', 'b'] }, '`redisUrlFile` should be the path of a file.'],
];

describe('readConfig', () => {
  it('has a default for each setting that is not required', async () => {
    const { providers, ...config } = await read();
    expect(Object.keys(providers)).toEqual(['payroc']);
    expect(config).toEqual({
      environment: 'sandbox',
      orderUrl: minimal.PAY_ORDER_URL,
      outcomeUrl: minimal.PAY_OUTCOME_URL,
      backendSecret: [secret],
      operationsKey: undefined,
      host: '127.0.0.1',
      port: 8080,
      basePath: '/api/pay',
      publicUrl: undefined,
      returnPage: '/',
      origins: [],
      forwardHeaders: [],
      redisUrl: undefined,
      redisPrefix: 'pay-checkout',
      trustedProxies: ['loopback', 'uniquelocal'],
      rateLimit: 60,
      logLevel: 'info',
      standIns: undefined,
      warnings: [],
    });
  });

  it('reads numbers and lists from variables', async () => {
    const config = await read({
      PORT: '0',
      PAY_RATE_LIMIT: '600',
      PAY_ORIGINS: 'https://a.example, http://127.0.0.1:8000,',
      PAY_TRUSTED_PROXIES: '10.0.0.0/8',
    });
    expect(config).toMatchObject({
      port: 0,
      rateLimit: 600,
      origins: ['https://a.example', 'http://127.0.0.1:8000'],
      trustedProxies: ['10.0.0.0/8'],
    });
  });

  it('reads the same settings from JSON', async () => {
    const json = { port: 9000, origins: ['https://a.example'], logLevel: 'warn', providers: { payroc: { scenario: 'payment' } } };
    expect(await read({}, json)).toMatchObject({ port: 9000, origins: ['https://a.example'], logLevel: 'warn' });
  });

  it('prefers a variable to the JSON file', async () => {
    expect(await read({ PORT: '9001' }, { port: 9000 })).toMatchObject({ port: 9001 });
  });

  it('reads a list from a text with commas in JSON, too', async () => {
    expect(await read({}, { origins: 'https://a.example,https://b.example' })).toMatchObject({
      origins: ['https://a.example', 'https://b.example'],
    });
  });

  it.each(mistakes)('names %s if it is %j', async (variable, value, problem) => {
    expect(await readProblems({ [variable]: value })).toEqual([problem]);
  });

  it.each(jsonMistakes)('names the mistake in the JSON %j', async (json, problem) => {
    expect(await readProblems({}, json)).toEqual([problem]);
  });

  it('lists several mistakes at once', async () => {
    const problems = await readProblems({ PORT: 'x', PAY_ORDER_URL: '', PAY_BACKEND_SECRET: 'short' }, { colour: 'red' });
    expect(problems).toEqual([
      '`colour` in the JSON file is no setting. See the list of settings in docs/serve.md.',
      expect.stringMatching(/^PAY_ORDER_URL is missing/),
      expect.stringMatching(/^PAY_BACKEND_SECRET should/),
      expect.stringMatching(/^PORT should/),
    ]);
  });

  it('lists the mistakes of several providers at once', async () => {
    const { PAYME_MERCHANT_CODE, ...half } = paymeVariables;
    expect(await readProblems({ ...half, PAYROC_API_KEY: '' })).toEqual([
      'PAYME_MERCHANT_CODE is missing. Set it, or `providers.payme.merchantCode` in the JSON file.',
      expect.stringMatching(/^PAYROC_API_KEY is missing/),
    ]);
    expect(PAYME_MERCHANT_CODE).toBeDefined();
  });

  it('does not start without a provider', async () => {
    const prefixes = providerNames.map((name) => `${toVariable(name)}_…`).join(', ');
    expect(await readProblems(noProvider)).toEqual([
      `No provider is configured. Set the credentials of at least one (${prefixes}), or PAY_STAND_INS for a try without an account.`,
    ]);
  });
});

describe('warnings of readConfig', () => {
  const misspelled = providerNames.map((name) => `${toVariable(name)}_CREDENTIALS`);

  it.each(['PAY_ORIGIN', 'PAYME_CLIENT', ...misspelled, 'PAY_BACKEND_SECRET_FILE', 'PAY_BACKEND_SECRET_3'])(
    'names %s, which has no effect',
    async (variable) => {
      const { warnings } = await read({ [variable]: 'any' });
      expect(warnings).toEqual([`The variable ${variable} has no effect. Check its name in docs/serve.md.`]);
    },
  );

  it('says nothing about empty variables and those of others', async () => {
    expect(await read({ PAY_ORIGIN: '', PAYPAL_KEY: 'x', PATH: '/bin' })).toMatchObject({ warnings: [] });
  });
});
