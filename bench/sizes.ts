// What a page downloads, beside the published packages of others.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { providerNames } from '../src/testing/providers.js';
import { markdownTable, type Report } from './benchmark.js';

/** Bytes of the core after gzip -9. */
const most = 20_480;

/**
 * Others' packages, bytes after gzip -9: the named export alone, bundled by esbuild 0.27 as a minified ES2022 script. Measured on
 * 2026-11-26. A loader brings its provider's own library besides, and none of them asks for a token.
 */
const others = {
  '@stripe/stripe-js 10.2.1, `loadStripe`: a loader': 1_372,
  '@paypal/paypal-js 11.2.0, `loadCoreSdkScript`: a loader': 1_990,
  '@checkout.com/checkout-web-components 1.13.0: a loader': 2_182,
  '@power-elements/stripe-elements 3.3.0: custom elements, with lit 2': 13_034,
  '@airwallex/components-sdk 1.35.2: a loader, with its tracker': 13_890,
  '@adyen/adyen-web 6.45.2, `AdyenCheckout`: the core alone': 45_960,
  '@adyen/adyen-web 6.45.2, `AdyenCheckout` and `Card`: a form of its own': 97_959,
};

export function sizes(): Promise<Report> {
  const core = sizeOf('pay-checkout');
  const adapters = providerNames.map((name) => [name, sizeOf(`pay-checkout-${name}`)] as const);
  const lines = [
    [`pay-checkout.min.js: the element, in three languages (≤ ${bytes(most)})`, `**${bytes(core)}**`],
    ...adapters.map(([name, size]) => [`… and the adapter of ${name}, all that a page with it downloads`, bytes(core + size)]),
    ['… and all three adapters', bytes(adapters.reduce((sum, [, size]) => sum + size, core))],
    ...Object.entries(others).map(([name, size]) => [name, bytes(size)]),
  ];
  const text = `After gzip -9. Others' packages were bundled by esbuild on 2026-11-26; loaders bring a provider's library besides.\n\n${markdownTable(['', 'bytes'], lines)}`;
  return Promise.resolve({ title: 'Sizes', text, holds: core <= most });
}

function sizeOf(file: string): number {
  return gzipSync(readFileSync(`dist/${file}.min.js`), { level: 9 }).length;
}

function bytes(count: number): string {
  return count.toLocaleString('en');
}
