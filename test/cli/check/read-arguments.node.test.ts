import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readArguments } from '../../../src/cli/check/read-arguments.js';
import { builtInNames } from '../../../src/providers/built-in.js';
import { report } from './support.js';

const url = 'http://127.0.0.1:1/token';

describe('readArguments', () => {
  it.each<[what: string, args: string[], message: string]>([
    ['two endpoints', ['check', url, url], 'Expected `pay-checkout check <token endpoint>`.'],
    ['no endpoint', ['check'], '<token endpoint> should be an absolute URL.'],
    ['a relative endpoint', ['check', '/api/pay/token'], '<token endpoint> should be an absolute URL.'],
    [
      'http on another host',
      ['check', 'http://shop.example/token?key=secret-key'],
      '<token endpoint> should be an https URL (http on a loopback host only), but was http://shop.example/token.',
    ],
    ['a password', ['check', 'https://ana:secret-key@shop.example'], '<token endpoint> should be a URL without a user name and password.'],
    [
      'an outcome endpoint on http',
      ['check', url, '--outcome', 'http://shop.example/outcome'],
      '--outcome should be an https URL (http on a loopback host only), but was http://shop.example/outcome.',
    ],
    [
      'a backend on http',
      ['check', url, '--backend', 'http://shop.example/pay/order'],
      '--backend should be an https URL (http on a loopback host only), but was http://shop.example/pay/order.',
    ],
    ['an outcome backend that is no URL', ['check', url, '--outcome-backend', '/outcome'], '--outcome-backend should be an absolute URL.'],
    ['an unknown provider', ['check', url, '--provider', 'paypal'], `--provider should be one of ${builtInNames.join(', ')}.`],
    ['an unknown fallback', ['check', url, '--fallback', 'payme paypal'], `--fallback should have names of ${builtInNames.join(', ')}.`],
    ['an unknown environment', ['check', url, '--environment', 'staging'], '--environment should be one of test, sandbox, production.'],
    [
      'an environment of another provider',
      ['check', url, '--provider', 'payme', '--environment', 'test'],
      '--environment should be one of sandbox, production.',
    ],
    [
      'an origin without a scheme',
      ['check', url, '--origin', 'shop.example.com'],
      '--origin should be an origin, such as https://shop.example.com.',
    ],
    [
      'an origin with a path',
      ['check', url, '--origin', 'https://shop.example/'],
      '--origin should be an origin, such as https://shop.example.',
    ],
    ['a header without a colon', ['check', url, '--header', 'secret-key'], "--header should be a header, such as 'Cookie: session=…'."],
    [
      'a header of two lines',
      ['check', url, '--header', 'Cookie: a\nX: secret-key'],
      "--header should be a header, such as 'Cookie: session=…'.",
    ],
    ['an unknown credentials mode', ['check', url, '--credentials', 'all'], '--credentials should be one of omit, same-origin, include.'],
    ['a config that is not JSON', ['check', url, '--config', '{secret-key'], '--config should be a JSON object.'],
    ['a config that is not an object', ['check', url, '--config', '["secret-key"]'], '--config should be a JSON object.'],
    ['an unknown option', ['check', url, '--heder=secret-key'], "Unknown option '--heder'"],
    ['an option without its value', ['check', url, '--order'], "Option '--order <value>' argument missing"],
  ])('reports %s, prints the help and exits with 2', async (_what, args, message) => {
    const { code, text, errors } = await report(args);
    expect([code, text]).toEqual([2, '']);
    expect(errors.split('\n')[0]).toBe(message);
    expect(errors).toContain('Exit code: 0 nothing is wrong, 1 something is wrong, 2 wrong usage.');
    expect(errors).not.toContain('secret-key');
  });
});

describe('readArguments: the secret for --backend', () => {
  const readSecrets = (variables: Record<string, string>) =>
    readArguments([url, '--backend', 'http://127.0.0.1:1/order'], variables).backendSecrets;
  const [secret, older] = ['a-secret-of-the-tests-with-32-characters', 'an-older-secret-of-the-tests-of-32-characters'];

  it('comes from the environment, newest first', () => {
    expect(readSecrets({ PAY_BACKEND_SECRET: secret, PAY_BACKEND_SECRET_2: older })).toEqual([secret, older]);
  });

  it('comes from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'secret');
    writeFileSync(file, `${secret}\n`);
    expect(readSecrets({ PAY_BACKEND_SECRET_FILE: file })).toEqual([secret]);
  });

  it('is required', () => {
    const message =
      /^--backend signs its calls. PAY_BACKEND_SECRET is missing. Set it, or name a file with its value in PAY_BACKEND_SECRET_FILE/;
    expect(() => readSecrets({})).toThrow(message);
  });

  it('is not quoted if it is too short', () => {
    expect(() => readSecrets({ PAY_BACKEND_SECRET: 'short-secret' })).toThrow(/^(?!.*short-secret).*at least 32 characters/);
  });

  it('is not needed without --backend', () => {
    expect(readArguments([url, '--outcome-backend', 'http://127.0.0.1:1/outcome'], {}).backendSecrets).toEqual([]);
  });
});

describe('readArguments: a loopback endpoint', () => {
  it.each(['http://localhost:1/', 'http://shop.localhost:1/', 'http://[::1]:1/', 'https://127.0.0.1:1/'])('accepts %s', async (url) => {
    expect((await report(['check', url, '--provider', 'payme', '--environment', 'sandbox'])).code).toBe(1);
  });
});

describe('pay-checkout check --help', () => {
  it('prints the help', async () => {
    const { code, text } = await report(['check', '--help']);
    expect([code, text]).toEqual([0, expect.stringMatching(/^pay-checkout check <token endpoint> \[options\]\n/)]);
    expect(await report(['check', '-h'])).toEqual({ code, text, errors: '' });
  });

  it('describes each option in the help', async () => {
    const { text } = await report(['check', '--help']);
    const options = [
      'provider',
      'environment',
      'order',
      'origin',
      'credentials',
      'header',
      'config',
      'outcome',
      'backend',
      'outcome-backend',
      'json',
    ];
    options.push('help');
    for (const option of options) expect(text).toMatch(new RegExp(`^  --${option}\\b`, 'm'));
  });
});
