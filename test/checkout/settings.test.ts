import { expect } from '@open-wc/testing';
import { lazyProviders } from '../../src/providers/lazy-providers.js';
import type { Provider } from '../../src/providers/provider.js';
import { addListings, register } from '../../src/providers/registry.js';
import { fingerprint, isSamePurchase, readSettings, requestBody, type Attributes, type Settings } from '../../src/checkout/settings.js';
import { CheckoutError } from '../../src/state/errors.js';
import { everythingIn, secret } from '../support/endpoint.js';

addListings(lazyProviders);

const good: Attributes = { provider: 'payme', environment: 'sandbox', tokenEndpoint: '/token', credentials: 'same-origin' };

function fault(attributes: Attributes): CheckoutError {
  try {
    readSettings({ ...good, ...attributes });
  } catch (error) {
    expect(everythingIn(error)).not.to.include(secret);
    expect(error).to.be.an.instanceof(CheckoutError).and.include({ code: 'config', retryable: false });
    return error as CheckoutError;
  }
  throw new Error('they should be refused');
}

describe('good attributes', () => {
  it('are read', () => {
    const config = { labels: {} };
    const settings = readSettings({
      ...good,
      outcomeEndpoint: 'https://shop.example/outcome?a=1',
      order: 'A-1',
      config,
      credentials: 'omit',
    });
    expect(settings).to.deep.equal({
      ...{ provider: 'payme', environment: 'sandbox', order: 'A-1', config, credentials: 'omit' },
      tokenEndpoint: new URL('/token', location.href),
      outcomeEndpoint: new URL('https://shop.example/outcome?a=1'),
    });
  });

  for (const nothing of [undefined, null, '']) {
    it(`need no order and no outcome endpoint: ${JSON.stringify(nothing)}`, () => {
      const settings = readSettings({ ...good, order: nothing, outcomeEndpoint: nothing });
      expect(settings).not.to.have.any.keys('order', 'outcomeEndpoint');
    });
  }

  for (const config of [undefined, null, {}]) {
    it(`need no config: ${JSON.stringify(config)}`, () => expect(readSettings({ ...good, config }).config).to.deep.equal({}));
  }

  for (const [provider, environment] of [
    ['payme', 'sandbox'],
    ['payme', 'production'],
    ['izipay', 'test'],
  ]) {
    it(`have the environment ${environment}, with ${provider}`, () => {
      expect(readSettings({ ...good, provider, environment }).environment).to.equal(environment);
    });
  }

  for (const credentials of ['omit', 'same-origin', 'include']) {
    it(`have credentials ${credentials}`, () => {
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
    it(`may be ${value} as an endpoint`, () => {
      const settings = readSettings({ ...good, tokenEndpoint: value, outcomeEndpoint: value });
      expect([settings.tokenEndpoint.href, settings.outcomeEndpoint?.href]).to.deep.equal([href, href]);
    });
  }

  it('name a provider that was registered', () => {
    register('settings-test', { assets: { sandbox: { global: 'x' } } } as unknown as Provider);
    expect(readSettings({ ...good, provider: 'settings-test' }).provider).to.equal('settings-test');
  });
});

describe('an endpoint', () => {
  const secure = 'an https URL (http on a loopback host only)';
  const whole = 'a URL, relative to the page or absolute';
  const refused: [unknown, expected: string, found: string][] = [
    [undefined, whole, 'missing'],
    [null, whole, 'null'],
    ['', whole, 'empty'],
    ['https://', whole, '"https://"'],
    [new URL('https://shop.example'), whole, 'a different object'],
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
    ['file:///etc/passwd', secure, '"file:/etc/passwd"'],
    ['ws://localhost/', secure, '"ws://localhost/"'],
    [`https://user:${secret}@shop.example/`, 'a URL without a user name and password', '"https://shop.example/"'],
    [`https://:${secret}@shop.example/`, 'a URL without a user name and password', '"https://shop.example/"'],
    [`https://${secret}@shop.example/`, 'a URL without a user name and password', '"https://shop.example/"'],
  ];
  for (const [value, expected, found] of refused) {
    it(`is not ${String(value) || 'empty'}`, () => {
      const error = fault({ tokenEndpoint: value });
      expect(error.reason).to.equal('attribute');
      expect(error.message).to.equal(`\`token-endpoint\` should be ${expected}, but was ${found}.`);
    });
  }

  for (const value of ['http://shop.example/', 'javascript:alert(1)', 'data:,{}', 'https://', 5]) {
    it(`for outcomes is checked in the same way: not ${value}`, () => {
      expect(fault({ outcomeEndpoint: value }).message).to.match(/^`outcome-endpoint` should be /);
    });
  }

  it('is not relative to a page that is not secure', () => {
    const base = Object.assign(document.createElement('base'), { href: 'http://shop.example/cart' });
    document.head.append(base);
    try {
      expect(fault({ tokenEndpoint: 'token' }).message).to.equal(
        `\`token-endpoint\` should be ${secure}, but was "http://shop.example/token".`,
      );
    } finally {
      base.remove();
    }
  });
});

describe('another attribute that is wrong', () => {
  const circle: Record<string, unknown> = { secret };
  circle.self = circle;
  const names = /^`provider` should be one of izipay, payme, payroc.*, or a name given to register\(\), but was /;
  const faults: [string, Attributes, reason: string, RegExp][] = [
    ['no provider', { provider: undefined }, 'attribute', new RegExp(`${names.source}missing\\.$`)],
    ['an empty provider', { provider: '' }, 'attribute', new RegExp(`${names.source}empty\\.$`)],
    ['an unknown provider', { provider: 'paypal' }, 'unknown-provider', new RegExp(`${names.source}"paypal"\\.$`)],
    ['a provider that is no name', { provider: {} }, 'unknown-provider', new RegExp(`${names.source}a different object\\.$`)],
    ['a property of every object', { provider: 'constructor' }, 'unknown-provider', /"constructor"/],
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
      /^`config` should be a JSON object, but holds a BigInt or a circle\.$/,
    ],
    ['a config that bites its tail', { config: circle }, 'attribute', /holds a BigInt or a circle\.$/],
    [
      'a config that was an object',
      { config: '[object Object]' },
      'attribute',
      /but was a different string\. An object was written into the attribute: set the property `config` instead\.$/,
    ],
  ];
  for (const [what, attributes, reason, sentence] of faults) {
    it(`${what}: is named, with what was expected and what was found`, () => {
      const error = fault(attributes);
      expect(error.reason).to.equal(reason);
      expect(error.message).to.match(sentence);
    });
  }

  it('is not quoted at length', () => {
    expect(fault({ provider: 'x'.repeat(1_000) }).message).to.have.length.below(300);
  });
});

describe('what both endpoints are asked with', () => {
  it('is provider, environment and order', () => {
    const settings = readSettings({ ...good, order: 'A-1', config: { secret } });
    expect(requestBody(settings)).to.deep.equal({ provider: 'payme', environment: 'sandbox', order: 'A-1' });
  });

  it('is without an order where there is none', () => {
    expect(requestBody(readSettings({ ...good, order: '' }))).to.deep.equal({ provider: 'payme', environment: 'sandbox' });
  });
});

describe('settings', () => {
  const same: [string, Attributes, Attributes][] = [
    ['of equal configs', { config: { a: 1, b: { c: [1], d: null } } }, { config: { b: { d: null, c: [1] }, a: 1 } }],
    ['of no config and an empty one', { config: undefined }, { config: {} }],
    ['of no config and null', { config: null }, { config: undefined }],
    ['of no order and an empty one', { order: '' }, { order: undefined }],
    ['for another outcome endpoint', { outcomeEndpoint: '/a' }, { outcomeEndpoint: '/b' }],
  ];
  for (const [what, one, other] of same) {
    it(`${what} are equal`, () => expect(fingerprint({ ...good, ...one })).to.equal(fingerprint({ ...good, ...other })));
  }

  const different: [string, Attributes, Attributes][] = [
    ['provider', { provider: 'payme' }, { provider: 'payroc' }],
    ['environment', { environment: 'sandbox' }, { environment: 'production' }],
    ['token endpoint', { tokenEndpoint: '/a' }, { tokenEndpoint: '/b' }],
    ['order', { order: 'A' }, { order: 'B' }],
    ['order, out of none,', {}, { order: 'B' }],
    ['credentials', { credentials: 'omit' }, { credentials: 'include' }],
    ['config', { config: { a: 1 } }, { config: { a: 2 } }],
    ['order of a list in the config', { config: { a: [1, 2] } }, { config: { a: [2, 1] } }],
    ['depth of the config', { config: { a: { b: 1 } } }, { config: { a: { b: 2 } } }],
  ];
  for (const [what, one, other] of different) {
    it(`of another ${what} differ`, () => expect(fingerprint({ ...good, ...one })).not.to.equal(fingerprint({ ...good, ...other })));
  }

  it('with a config that cannot be written are compared without an error, and differ from good ones', () => {
    const bad = fingerprint({ ...good, config: { amount: 10n } });
    expect(bad).to.equal(fingerprint({ ...good, config: { amount: 11n } }));
    expect(bad).not.to.equal(fingerprint({ ...good, config: {} }));
  });
});

describe('two attempts', () => {
  const of = (attributes: Attributes): Settings => readSettings({ ...good, ...attributes });
  const pairs: [string, Attributes, Attributes, boolean][] = [
    ['of one order are for the same purchase', { order: 'A' }, { order: 'A' }, true],
    ['of one order by different providers are', { order: 'A' }, { order: 'A', tokenEndpoint: '/other', credentials: 'omit' }, true],
    ['of different orders are not', { order: 'A' }, { order: 'B' }, false],
    ['of which one has no order are not', { order: 'A' }, {}, false],
    ['in different environments are not', { order: 'A' }, { order: 'A', environment: 'production' }, false],
    ['without an order, at one endpoint, are', {}, {}, true],
    ['without an order, at different endpoints, are not', { tokenEndpoint: '/a' }, { tokenEndpoint: '/b' }, false],
  ];
  for (const [fact, one, other, same] of pairs) it(fact, () => expect(isSamePurchase(of(one), of(other))).to.equal(same));
});
