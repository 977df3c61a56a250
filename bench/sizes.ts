// The size of a page's downloads, compared with packages of other publishers.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { providerNames } from '../src/testing/providers.js';
import { markdownTable, type Report } from './benchmark.js';

/**
 * Packages of other publishers, bytes after gzip -9: the named export alone, bundled by esbuild 0.27 as a minified ES2022 script.
 * Measured on 2026-11-26. A loader also downloads its provider's library, and none of them requests a token.
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

/** `scripts/check-package.mjs` checks the size limits of our files. */
export function sizes(): Promise<Report> {
  const lines = [
    ...providerNames.map((name) => lineOf(`pay-checkout-${name}.min.js`)),
    lineOf('pay-checkout.min.js'),
    ...Object.entries(others).map(([name, size]) => [name, bytes(size), '']),
  ];
  const text = `Bytes of each file during transfer. esbuild bundled the packages of other vendors on 2026-11-26. A loader also downloads its provider's library, which is not included.\n\n${markdownTable(['', 'gzip -9', 'brotli'], lines)}`;
  return Promise.resolve({ title: 'Sizes', text, holds: true });
}

function lineOf(file: string): string[] {
  const code = readFileSync(`dist/${file}`);
  return [file, bytes(gzipSync(code, { level: 9 }).length), bytes(brotliCompressSync(code).length)];
}

function bytes(count: number): string {
  return count.toLocaleString('en');
}
