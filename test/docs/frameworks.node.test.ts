import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { vueComplaints } from './vue.js';

it('docs/frameworks.md has a component for Vue that compiles', () => {
  const [, component = ''] = /^```vue\n(.*?)^```$/ms.exec(readFileSync('docs/frameworks.md', 'utf8')) ?? [];
  const said = vueComplaints({ right: component, wrong: component.replace('"sandbox"', '"live"') });
  expect(said).toEqual([expect.stringMatching(/\/wrong\.vue.*'"live"' is not assignable/)]);
});
