import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readElement } from '../../../src/cli/stand-ins/read-element.js';

it('reads the script-tag file of this package', async () => {
  expect(await readElement()).toBe(readFileSync('dist/pay-checkout.min.js', 'utf8'));
});
