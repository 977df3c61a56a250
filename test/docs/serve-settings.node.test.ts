import { expect, it } from 'vitest';
import { readConfig } from '../../src/serve/config/read-config.js';
import { fragmentsOf } from './fragments.js';

const { text: settings } = fragmentsOf('docs/backend.md').find(({ language }) => language === 'json')!;

/** The secrets that the page names, which the file does not contain. */
const variables = { PAY_BACKEND_SECRET: 'x'.repeat(32), PAYME_CLIENT_SECRET: 'x' };

it('serve accepts pay-checkout.json in docs/backend.md', async () => {
  const { providers, publicUrl } = await readConfig({ variables, json: JSON.parse(settings) as unknown }, () => Promise.resolve({}));
  expect(Object.keys(providers)).toEqual(['payme']);
  expect(publicUrl).toBe('https://shop.example.com');
});
