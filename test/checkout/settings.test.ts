import { expect } from '@open-wc/testing';
import { builtInNames } from '../../src/providers/built-in.js';
import { lazyProviders } from '../../src/providers/lazy-providers.js';
import type { Provider } from '../../src/providers/provider.js';
import { addEntries, register } from '../../src/providers/registry.js';
import { fingerprint, isSamePurchase, readSettings, requestBody, type Attributes, type Settings } from '../../src/checkout/settings.js';
import { CheckoutError } from '../../src/state/errors.js';
import { everythingIn, secret } from '../support/endpoint.js';

addEntries(lazyProviders);

const good: Attributes = { provider: 'payme', environment: 'sandbox', tokenEndpoint: '/token', credentials: 'same-origin' };

function failureOf(attributes: Attributes): CheckoutError {
  try {
    readSettings({ ...good, ...attributes });
  } catch (error) {
    expect(everythingIn(error)).not.to.include(secret);
    expect(error).to.be.an.instanceof(CheckoutError).and.include({ code: 'config', retryable: false });
    return error as CheckoutError;
  }
  throw new Error('readSettings() accepted these attributes');
}

describe('readSettings', () => {
  it('reads all attributes', () => {
    const config = { labels: {} };
    const settings = readSettings({
      ...good,
      fallback: ' payroc\n payme  own, ',
      outcomeEndpoint: 'https://shop.example/outcome?a=1',
      order: 'A-1',
      config,
      credentials: 'omit',
    });
    expect(settings).to.deep.equal({
      ...{ provider: 'payme', wanted: 'payme', fallback: ['payroc', 'own'], environment: 'sandbox', order: 'A-1' },
      ...{ config, credentials: 'omit' },
      tokenEndpoint: new URL('/token', location.href),
      outcomeEndpoint: new URL('https://shop.example/outcome?a=1'),
    });
  });

  for (const empty of [undefined, null, '']) {
    it(`treats ${JSON.stringify(empty)} as no order and no outcome endpoint`, () => {
      const settings = readSettings({ ...good, order: empty, outcomeEndpoint: empty });
      expect(settings).not.to.have.any.keys('order', 'outcomeEndpoint');
    });
  }

  for (const config of [undefined, null, {}]) {
    it(`reads the config ${JSON.stringify(config)} as an empty object`, () =>
      expect(readSettings({ ...good, config }).config).to.deep.equal({}));
  }

  for (const [provider, environment] of [
    ['payme', 'sandbox'],
    ['payme', 'production'],
    ['izipay', 'test'],
  ]) {
    it(`accepts the environment ${environment} of ${provider}`, () => {
      expect(readSettings({ ...good, provider, environment }).environment).to.equal(environment);
    });
  }

  for (const credentials of ['omit', 'same-origin', 'include']) {
    it(`accepts the credentials ${credentials}`, () => {
      expect(readSettings({ ...good, credentials }).credentials).to.equal(credentials);
    });
  }

  const endpoints: [string, string][] = [
    ['token', new URL('token', document.baseURI).href],
    ['?kind=token', new URL('?kind=token', document.baseURI).href],
    ['https://shop.example/token', 'https://shop.example/token'],
    ['HTTPS://SHOP.example/token', 'https://shop.example/token'],
    ['http://localhost:3000/token', 'http://localhost:3000/token'],
    ['http://shop.localhost/token', 'http://shop.localhost/token'],
    ['http://127.0.0.1/token', 'http://127.0.0.1/token'],
    ['http://127.1/token', 'http://127.0.0.1/token'],
    ['http://127.8.8.8/token', 'http://127.8.8.8/token'],
    ['http://[::1]:8080/token', 'http://[::1]:8080/token'],
  ];
  for (const [value, href] of endpoints) {
    it(`accepts the endpoint ${value}`, () => {
      const settings = readSettings({ ...good, tokenEndpoint: value, outcomeEndpoint: value });
      expect([settings.tokenEndpoint.href, settings.outcomeEndpoint?.href]).to.deep.equal([href, href]);
    });
  }

  it('accepts a provider that the page has registered', () => {
    register('settings-test', { assets: { sandbox: { global: 'x' } } } as unknown as Provider);
    expect(readSettings({ ...good, provider: 'settings-test' }).provider).to.equal('settings-test');
  });

  describe('given an endpoint that is not allowed', () => {
    const secure = 'an https URL (http on a loopback host only)';
    const url = 'a URL, relative to the page or absolute';
    const refused: [unknown, expected: string, found: string][] = [
      [undefined, url, 'missing'],
      [null, url, 'null'],
      ['', url, 'empty'],
      ['https://', url, '"https://"'],
      [new URL('https://shop.example'), url, 'a different object'],
      [`http://shop.example/token?key=${secret}`, secure, '"http://shop.example/token"'],
      ['http://localhost.shop.example/', secure, '"http://localhost.shop.example/"'],
      ['http://127.0.0.1.shop.example/', secure, '"http://127.0.0.1.shop.example/"'],
      ['http://128.0.0.1/', secure, '"http://128.0.0.1/"'],
      ['http://0.0.0.0/', secure, '"http://0.0.0.0/"'],
      ['http://notlocalhost/', secure, '"http://notlocalhost/"'],
      ['//shop.example/token', secure, '"http://shop.example/token"'],
      ['javascript:alert(1)', secure, '"javascript:alert(1)"'],
      [' JavaScript:alert(1)', secure, '"javascript:alert(1)"'],
      ['data:application/json,{}', secure, '"data:application/json,{}"'],
      ['blob:https://shop.example/1', secure, '"blob:https://shop.example/1"'],
      ['file:///etc/passwd', secure, '"file:///etc/passwd"'],
      ['ws://localhost/', secure, '"ws://localhost/"'],
      [`https://user:${secret}@shop.example/`, 'a URL without a user name and password', '"https://shop.example/"'],
      [`https://:${secret}@shop.example/`, 'a URL without a user name and password', '"https://shop.example/"'],
      [`https://${secret}@shop.example/`, 'a URL without a user name and password', '"https://shop.example/"'],
    ];
    for (const [value, expected, found] of refused) {
      it(`rejects the token endpoint ${String(value) || '""'}`, () => {
        const error = failureOf({ tokenEndpoint: value });
        expect(error.reason).to.equal('attribute');
        expect(error.message).to.equal(`\`token-endpoint\` should be ${expected}, but was ${found}.`);
      });
    }

    for (const value of ['http://shop.example/', 'javascript:alert(1)', 'data:,{}', 'https://', 5]) {
      it(`rejects the outcome endpoint ${value}`, () => {
        expect(failureOf({ outcomeEndpoint: value }).message).to.match(/^`outcome-endpoint` should be /);
      });
    }

    it('rejects a relative URL on a page that is not secure', () => {
      const base = Object.assign(document.createElement('base'), { href: 'http://shop.example/cart' });
      document.head.append(base);
      try {
        expect(failureOf({ tokenEndpoint: 'token' }).message).to.equal(
          `\`token-endpoint\` should be ${secure}, but was "http://shop.example/token".`,
        );
      } finally {
        base.remove();
      }
    });
  });

  describe('given a wrong value of another attribute', () => {
    const circle: Record<string, unknown> = { secret };
    circle.self = circle;
    const expectedNames = new RegExp(`^\`provider\` should be one of ${builtInNames.join(', ')}.*, or one that a script adds, but was `);
    const faults: [string, Attributes, reason: string, RegExp][] = [
      ['no provider', { provider: undefined }, 'attribute', new RegExp(`${expectedNames.source}missing\\.$`)],
      ['an empty provider', { provider: '' }, 'attribute', new RegExp(`${expectedNames.source}empty\\.$`)],
      ['an unknown provider', { provider: 'paypal' }, 'unknown-provider', new RegExp(`${expectedNames.source}"paypal"\\.$`)],
      ['a provider that is an object', { provider: {} }, 'unknown-provider', new RegExp(`${expectedNames.source}a different object\\.$`)],
      ['a provider named like a property of every object', { provider: 'constructor' }, 'unknown-provider', /"constructor"/],
      [
        'an unknown environment',
        { environment: 'staging' },
        'environment',
        /^`environment` should be one of sandbox, production, but was "staging"\.$/,
      ],
      ['an environment of another provider', { environment: 'test' }, 'environment', /one of sandbox, production, but was "test"\.$/],
      ['no environment', { environment: undefined }, 'environment', /but was missing\.$/],
      [
        'unknown credentials',
        { credentials: 'always' },
        'attribute',
        /^`credentials` should be one of omit, same-origin, include, but was "always"\.$/,
      ],
      ['an order that is a number', { order: 1001 }, 'attribute', /^`order` should be a string, but was a different number\.$/],
      ['the order 0', { order: 0 }, 'attribute', /^`order` should be a string/],
      ['an order that is an object', { order: { secret } }, 'attribute', /^`order` should be a string, but was a different object\.$/],
      [
        'a config that is not JSON',
        { config: `{${secret}` },
        'attribute',
        /^`config` should be a JSON object, but was a different string\.$/,
      ],
      ['a config that is an array', { config: [secret] }, 'attribute', /^`config` should be a JSON object, but was an array\.$/],
      ['a config that is a number', { config: 5 }, 'attribute', /^`config` should be a JSON object, but was a different number\.$/],
      [
        'a config with a BigInt',
        { config: { amount: 10n } },
        'attribute',
        /^`config` should be a JSON object, but holds a BigInt or a cycle\.$/,
      ],
      ['a config with a circular reference', { config: circle }, 'attribute', /holds a BigInt or a cycle\.$/],
      [
        'a config that was written from an object',
        { config: '[object Object]' },
        'attribute',
        /but was a different string\. An object was written into the attribute: set the property `config` instead\.$/,
      ],
    ];
    for (const [name, attributes, reason, sentence] of faults) {
      it(`rejects ${name}, and reports the expected and the found value`, () => {
        const error = failureOf(attributes);
        expect(error.reason).to.equal(reason);
        expect(error.message).to.match(sentence);
      });
    }

    it('shortens a long value in the message', () => {
      expect(failureOf({ provider: 'x'.repeat(1_000) }).message).to.match(/"x{100}"/);
    });
  });
});

describe('requestBody', () => {
  it('contains provider, environment and order', () => {
    const settings = readSettings({ ...good, order: 'A-1', config: { secret } });
    expect(requestBody(settings)).to.deep.equal({ provider: 'payme', environment: 'sandbox', order: 'A-1' });
  });

  it('omits an empty order', () => {
    expect(requestBody(readSettings({ ...good, order: '' }))).to.deep.equal({ provider: 'payme', environment: 'sandbox' });
  });
});

describe('fingerprint', () => {
  const same: [string, Attributes, Attributes][] = [
    ['equal configs', { config: { a: 1, b: { c: [1], d: null } } }, { config: { b: { d: null, c: [1] }, a: 1 } }],
    ['no config and an empty config', { config: undefined }, { config: {} }],
    ['no config and null', { config: null }, { config: undefined }],
    ['no order and an empty order', { order: '' }, { order: undefined }],
    ['different outcome endpoints', { outcomeEndpoint: '/a' }, { outcomeEndpoint: '/b' }],
  ];
  for (const [name, one, other] of same) {
    it(`is equal for ${name}`, () => expect(fingerprint({ ...good, ...one })).to.equal(fingerprint({ ...good, ...other })));
  }

  const different: [string, Attributes, Attributes][] = [
    ['providers', { provider: 'payme' }, { provider: 'payroc' }],
    ['environments', { environment: 'sandbox' }, { environment: 'production' }],
    ['token endpoints', { tokenEndpoint: '/a' }, { tokenEndpoint: '/b' }],
    ['orders', { order: 'A' }, { order: 'B' }],
    ['orders, one of them missing', {}, { order: 'B' }],
    ['credentials', { credentials: 'omit' }, { credentials: 'include' }],
    ['configs', { config: { a: 1 } }, { config: { a: 2 } }],
    ['sequences of a list in the config', { config: { a: [1, 2] } }, { config: { a: [2, 1] } }],
    ['values deep in the config', { config: { a: { b: 1 } } }, { config: { a: { b: 2 } } }],
  ];
  for (const [name, one, other] of different) {
    it(`differs for different ${name}`, () => expect(fingerprint({ ...good, ...one })).not.to.equal(fingerprint({ ...good, ...other })));
  }

  it('differs between a config that cannot be written as JSON and an empty config', () => {
    const bad = fingerprint({ ...good, config: { amount: 10n } });
    expect(bad).to.equal(fingerprint({ ...good, config: { amount: 11n } }));
    expect(bad).not.to.equal(fingerprint({ ...good, config: {} }));
  });
});

describe('isSamePurchase', () => {
  const settingsOf = (attributes: Attributes): Settings => readSettings({ ...good, ...attributes });
  const pairs: [string, Attributes, Attributes, boolean][] = [
    ['is true for one order', { order: 'A' }, { order: 'A' }, true],
    [
      'is true for one order with different endpoints and credentials',
      { order: 'A' },
      { order: 'A', tokenEndpoint: '/other', credentials: 'omit' },
      true,
    ],
    ['is false for different orders', { order: 'A' }, { order: 'B' }, false],
    ['is false if only one has an order', { order: 'A' }, {}, false],
    ['is false for different environments', { order: 'A' }, { order: 'A', environment: 'production' }, false],
    ['is true without an order at one endpoint', {}, {}, true],
    ['is false without an order at different endpoints', { tokenEndpoint: '/a' }, { tokenEndpoint: '/b' }, false],
  ];
  for (const [title, one, other, expected] of pairs)
    it(title, () => expect(isSamePurchase(settingsOf(one), settingsOf(other))).to.equal(expected));
});
