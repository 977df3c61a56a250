import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const compiler = createRequire(import.meta.url).resolve('vue-tsc/bin/vue-tsc.js');

/** What vue-tsc has to say of a component. */
function complaints(component: string): string {
  const folder = mkdtempSync(join('coverage', 'vue-'));
  writeFileSync(join(folder, 'Checkout.vue'), component);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.vue.json', include: ['*.vue'] }));
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return stdout;
}

it('docs/frameworks.md has a component for Vue that compiles', () => {
  const [, component = ''] = /^```vue\n(.*?)^```$/ms.exec(readFileSync('docs/frameworks.md', 'utf8')) ?? [];
  expect(complaints(component)).toBe('');
  expect(complaints(component.replace('"sandbox"', '"live"'))).toContain(`'"live"' is not assignable`);
});
