import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newFolder } from './snippets.js';

const compiler = createRequire(import.meta.url).resolve('vue-tsc/bin/vue-tsc.js');

/** What vue-tsc has to say of components, by name, a line each; it takes its time, so of all of them at once. */
export function vueComplaints(components: Readonly<Record<string, string>>): string[] {
  const { path, remove } = newFolder();
  for (const [name, text] of Object.entries(components)) writeFileSync(join(path, `${name}.vue`), text);
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.vue.json', include: ['*.vue'] }));
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', path], { encoding: 'utf8' });
  remove();
  return stdout.split('\n').filter(Boolean);
}
