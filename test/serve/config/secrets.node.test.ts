import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providers } from '../../../demo/providers/index.js';
import { ConfigError } from '../../../src/serve/config/config-error.js';
import { processSettings } from '../../../src/serve/config/process-settings.js';
import { listProviderSettings } from '../../../src/serve/config/provider-setting-list.js';
import { providerTable } from '../../../src/serve/config/provider-table.js';
import type { ServeConfig } from '../../../src/serve/config/read-config.js';
import { toVariable } from '../../../src/serve/config/setting.js';
import { providerNames } from '../../../src/testing/providers.js';
import { read, readProblems, secret } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'));

/** Writes a file, and returns its path. */
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const older = secret.replace('a-', 'b-');
const oldest = secret.replace('a-', 'c-');

describe('secret in a file', () => {
  it.each([
    ['\n', secret],
    ['\r\n', secret],
    ['', secret],
    ['\n\n', `${secret}\n`],
    [' ', `${secret} `],
  ])('ends before one line break: %j', async (end, value) => {
    const file = write('secret', secret + end);
    expect(await read({ PAY_BACKEND_SECRET: '', PAY_BACKEND_SECRET_FILE: file })).toMatchObject({ backendSecret: [value] });
  });

  it('can be named in JSON', async () => {
    const backendSecretFile = write('json-secret', secret);
    expect(await read({ PAY_BACKEND_SECRET: '' }, { backendSecretFile })).toMatchObject({ backendSecret: [secret] });
  });

  it('can be a list in JSON, newest first', async () => {
    const backendSecretFile = [write('new', secret), write('old', older)];
    expect(await read({ PAY_BACKEND_SECRET: '' }, { backendSecretFile })).toMatchObject({ backendSecret: [secret, older] });
  });

  it('can be one that does not rotate', async () => {
    const redisUrlFile = write('redis-url', 'redis://:p%40ss@127.0.0.1:6379/2\n');
    expect(await read({}, { redisUrlFile })).toMatchObject({ redisUrl: 'redis://:p%40ss@127.0.0.1:6379/2' });
  });

  it('is named if it cannot be read', async () => {
    const missing = join(folder, 'missing');
    expect(await readProblems({ PAY_BACKEND_SECRET: '', PAY_BACKEND_SECRET_FILE: missing })).toEqual([
      `PAY_BACKEND_SECRET_FILE should name a file that this process may read, but reading ${JSON.stringify(missing)} failed with ENOENT.`,
    ]);
    expect(await readProblems({ PAY_BACKEND_SECRET: '' }, { backendSecretFile: folder })).toEqual([
      `\`backendSecretFile\` should name a file that this process may read, but reading ${JSON.stringify(folder)} failed with EISDIR.`,
    ]);
  });

  it('is empty if the file is', async () => {
    const file = write('empty', '\n');
    expect(await readProblems({ PAY_BACKEND_SECRET: '', PAY_BACKEND_SECRET_FILE: file })).toEqual([
      expect.stringMatching(/^PAY_BACKEND_SECRET_FILE should have at least 32 characters.*, but was empty\.$/),
    ]);
  });
});

describe('secret that rotates', () => {
  it('has its older values after the newest one', async () => {
    const variables = { PAY_BACKEND_SECRET_2: older, PAY_BACKEND_SECRET_3_FILE: write('oldest', oldest) };
    expect(await read(variables)).toMatchObject({ backendSecret: [secret, older, oldest], warnings: [] });
  });

  it('works for the key of the operations and for secrets of providers', async () => {
    const payme = { PAYME_CLIENT_ID: 'an-id', PAYME_CLIENT_SECRET: 'one', PAYME_CLIENT_SECRET_2: 'two', PAYME_MERCHANT_CODE: 'a-code' };
    expect(await read({ ...payme, PAY_OPERATIONS_KEY: secret, PAY_OPERATIONS_KEY_2: older })).toMatchObject({
      operationsKey: [secret, older],
      warnings: [expect.stringMatching(/^PAY_PUBLIC_URL is not set/)],
    });
  });
});

/** Every setting, by its variable. */
const settings = [
  ...processSettings,
  ...Object.entries(providerTable).flatMap(([name, table]) => Object.values(listProviderSettings(name, table))),
];

/** The value with the path of a setting as JSON: *a.b* → *{ a: { b } }*. */
function nest(path: string, value: unknown): unknown {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

describe('a problem', () => {
  const value = fc.string({ minLength: 6, maxLength: 60 }).map((text) => `§${text}§`);

  it('never contains the value of a variable', async () => {
    const variables = fc.dictionary(fc.constantFrom(...settings.map(({ variable }) => variable)), value);
    await fc.assert(
      fc.asyncProperty(variables, async (changes) => {
        const outcome = await read(changes, {}, () => Promise.resolve({})).catch((error: unknown) => error);
        // Any other error would be a crash.
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ConfigError);
        const texts = outcome instanceof Error ? `${outcome.message} ${outcome.stack}` : (outcome as ServeConfig).warnings.join();
        for (const one of Object.values(changes)) expect(texts).not.toContain(one);
      }),
    );
  });

  it('never contains a secret that is in the JSON file, a list or an object', async () => {
    const secrets = settings.filter(({ isSecret }) => isSecret);
    const shape = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => [text],
      (text) => ({ value: text }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...secrets), value, shape, async ({ path, variable }, text, wrap) => {
        const [problem, ...others] = await readProblems({ [variable]: '', [`${variable}_FILE`]: '' }, nest(path, wrap(text)));
        expect([problem, ...others].join()).not.toContain(text);
        expect([problem, ...others].join()).toContain(`\`${path}\` should not be in the JSON file`);
      }),
    );
  });

  it('covers the secrets of each provider', () => {
    const secrets = settings.filter(({ isSecret }) => isSecret).map(({ variable }) => variable);
    const accounts = providerNames.flatMap((name) => Object.values(providers[name].variables));
    const named = accounts.filter((variable) => /_(SECRET|API_KEY|HASH_KEY|PASSWORD)$/.test(variable));
    expect(named).toContain('PAYME_CLIENT_SECRET');
    expect(secrets).toEqual(expect.arrayContaining(['PAY_BACKEND_SECRET', ...named]));
    for (const name of providerNames) expect(secrets.join()).toContain(`,${toVariable(name)}_`);
  });
});
