import { describe, expect, it } from 'vitest';
import { earlyTokenScript } from '../../src/head/early-token.js';
import { builtInAssets, builtInNames, type BuiltInName } from '../../src/providers/built-in.js';
import type { Assets } from '../../src/providers/provider.js';
import type { Environment } from '../../src/shared/environment.js';
import { headTags, version, type HeadTagsOptions } from '../../src/server.js';

const cases = Object.entries(builtInAssets).flatMap(([provider, assets]) =>
  Object.entries(assets).map(([environment, needs]) => ({ provider, environment, needs }) as Case),
);

interface Case {
  readonly provider: BuiltInName;
  readonly environment: Environment;
  readonly needs: Assets;
}

const given: HeadTagsOptions = { provider: 'payme', environment: 'sandbox', order: 'A-1001', tokenEndpoint: '/api/pay/token' };

/** Returns the lines of the HTML, without the code of the inline script. */
const getLines = (options: HeadTagsOptions) => headTags(options).replace(`\n${earlyTokenScript}\n`, '…').split('\n');

describe.each(cases)('headTags for $provider in $environment', ({ provider, environment, needs }) => {
  const [, ...preloads] = getLines({ ...given, provider, environment });
  const hrefs = preloads.map((line) => /href="(.*?)"/.exec(line)?.[1]);

  it('preloads each file of the provider and nothing else', () => {
    expect(hrefs).toEqual([needs.script!.url, ...(needs.styles ?? [])]);
  });

  it('preloads the script with its hash if it has one, as the tag loads it', () => {
    const { integrity } = needs.script!;
    const pin = integrity ? ` integrity="${integrity}" crossorigin="anonymous"` : '';
    expect(preloads[0]).toBe(`<link rel="preload" as="script" href="${needs.script!.url}"${pin}>`);
  });
});

describe('headTags', () => {
  it('has the values of the tag in data- attributes', () => {
    const [script] = getLines(given);
    expect(script).toBe(
      '<script data-provider="payme" data-environment="sandbox" data-order="A-1001" data-token-endpoint="/api/pay/token">…</script>',
    );
  });

  it('defaults to production, and omits an empty order', () => {
    for (const order of [undefined, '']) {
      const [script] = getLines({ provider: 'payme', tokenEndpoint: '/token', order });
      expect(script).toBe('<script data-provider="payme" data-environment="production" data-token-endpoint="/token">…</script>');
    }
  });

  it('has the credentials mode', () => {
    expect(getLines({ ...given, credentials: 'include' })[0]).toContain(' data-credentials="include">');
  });

  it.each(['/dist/pay-checkout.min.js', 'https://cdn.shop.example/v/pay-checkout-payme.min.js?v=3', 'pay-checkout.min.js'])(
    'loads our script from %s, and no other file of ours',
    (script) => {
      const lines = getLines({ ...given, script });
      expect(lines).toEqual([...getLines(given), `<script src="${script}" integrity="sha384-…" crossorigin="anonymous" defer></script>`]);
    },
  );

  it('has the fallback in a data- attribute, and preloads the files of the first provider only', () => {
    const [script, ...others] = getLines({ ...given, fallback: 'payzen micuentaweb' });
    expect(script).toContain(' data-order="A-1001" data-fallback="payzen micuentaweb" data-token-endpoint=');
    expect(others).toEqual(getLines(given).slice(1));
    expect(getLines({ ...given, fallback: '' })).toEqual(getLines(given));
  });

  it('loads one file with every provider for a fallback', () => {
    const lines = getLines({ ...given, fallback: 'micuentaweb', script: '/pay-checkout.min.js' });
    expect(lines.filter((line) => line.includes(' src='))).toHaveLength(1);
  });

  it('loads the file of each provider, once and that of the first last, if the script is that of the first', () => {
    const script = 'https://cdn.shop.example/v/pay-checkout-payme.min.js?v=3';
    const lines = getLines({ ...given, fallback: 'payzen payme micuentaweb', script, nonce: 'n0nce' });
    expect(lines.flatMap((line) => / src="(.*?)" nonce="n0nce" integrity="sha384-…"/.exec(line)?.[1] ?? [])).toEqual([
      'https://cdn.shop.example/v/pay-checkout-micuentaweb.min.js?v=3',
      script,
    ]);
  });

  it('has no inline script without tokenEndpoint', () => {
    const lines = getLines({ ...given, tokenEndpoint: undefined });
    expect(lines).toEqual(getLines(given).slice(1));
  });

  it('has the nonce in each tag', () => {
    const lines = getLines({ ...given, script: '/pay-checkout.min.js', nonce: 'n0nce' });
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toContain(' nonce="n0nce"');
  });

  it('escapes each value', () => {
    const evil = `"><script>alert('&amp;')</script>`;
    const page = headTags({ ...given, order: evil, tokenEndpoint: evil, script: evil, nonce: evil });
    const escaped = `&quot;&gt;&lt;script&gt;alert('&amp;amp;')&lt;/script&gt;`;
    expect(page).not.toContain('"><script>');
    expect(page).toContain(`data-order="${escaped}" data-token-endpoint="${escaped}"`);
  });

  it('has an inline script without `</script` and `<!--`', () => {
    expect(earlyTokenScript).not.toMatch(/<\/script|<!--/i);
  });

  const number = 'but was a different number';
  const endpoint = '`tokenEndpoint` should be an https URL (http on a loopback host only), or relative to the page.';
  it.each<[string, object, string]>([
    ['another provider', { provider: 'paypal' }, `\`provider\` should be one of ${builtInNames.join(', ')}.`],
    ['a property of every object as provider', { provider: 'toString' }, `\`provider\` should be one of ${builtInNames.join(', ')}.`],
    ['another environment', { environment: 'test' }, '`environment` should be one of sandbox, production for payme.'],
    [
      'a property of every object as environment',
      { environment: 'constructor' },
      '`environment` should be one of sandbox, production for payme.',
    ],
    ['a fallback that is an array', { fallback: ['izipay'] }, '`fallback` should be a string, but was an array.'],
    [
      'an unknown fallback',
      { fallback: 'izipay paypal' },
      `\`fallback\` should have names of ${builtInNames.join(', ')}, separated by spaces, but has "paypal".`,
    ],
    [
      'a fallback without the environment',
      { provider: 'izipay', environment: 'test', fallback: 'payme' },
      '`environment` should be one of sandbox, production for payme.',
    ],
    ['an order that is a number', { order: 1001 }, `\`order\` should be a string, ${number}.`],
    ['a nonce that is a number', { nonce: 7 }, `\`nonce\` should be a string, ${number}.`],
    ['an unknown credentials mode', { credentials: 'foo' }, '`credentials` should be one of omit, same-origin, include.'],
    ['an http endpoint', { tokenEndpoint: 'http://shop.example.com/token' }, endpoint],
    ['a javascript: endpoint', { tokenEndpoint: 'javascript:alert(1)' }, endpoint],
    ['an endpoint without a host', { tokenEndpoint: 'http://' }, endpoint],
    [
      'the file of another provider',
      { script: '/js/pay-checkout-izipay.min.js?v=3' },
      '`script` should be pay-checkout.min.js or pay-checkout-payme.min.js, which have payme, but was pay-checkout-izipay.min.js.',
    ],
    [
      'a script of another version',
      { script: 'https://unpkg.com/pay-checkout@0.0.9/dist/pay-checkout.min.js' },
      `\`script\` should be of version ${version}, as this package and its hashes are, but was of 0.0.9.`,
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => headTags({ ...given, ...options })).toThrow(new RangeError(`headTags(): ${message}`));
  });

  it('refuses undefined', () => {
    expect(() => headTags(undefined as unknown as HeadTagsOptions)).toThrow(RangeError);
  });

  it.each(['https://pay.shop.example.com/token?a=b#c', 'http://localhost:3000/token', 'token', '/token', '?order=1'])(
    'accepts the endpoint %s',
    (tokenEndpoint) => expect(headTags({ ...given, tokenEndpoint })).toContain(`data-token-endpoint="${tokenEndpoint}"`),
  );

  it('refuses the file of another folder for a brand', () => {
    const options = { ...given, provider: 'payzen', script: '/js/pay-checkout-izipay.min.js' } as const;
    expect(() => headTags(options)).toThrow(
      '`script` should be pay-checkout.min.js or pay-checkout-micuentaweb.min.js, which have payzen, but was pay-checkout-izipay.min.js.',
    );
  });

  it("accepts micuentaweb's file for each of its brands", () => {
    const script = '/pay-checkout-micuentaweb.min.js';
    for (const provider of ['micuentaweb', 'payzen'] as const)
      expect(headTags({ ...given, provider, script })).toContain(`src="${script}"`);
  });

  it('accepts a script URL with the version of the package', () => {
    const script = `https://unpkg.com/pay-checkout@${version}/dist/pay-checkout.min.js`;
    expect(headTags({ ...given, script })).toContain(`<script src="${script}"`);
  });
});
