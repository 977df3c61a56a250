import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { builtInAssets, folderOf, type BuiltInName } from '../../src/providers/built-in.js';
import { createStandIns } from '../../src/testing.js';
import { scripts } from '../../src/testing-scripts.js';

const standIns = createStandIns({ scripts });

/** As a page has it that loads the library from its own server. */
async function load(url: string): Promise<Response> {
  return standIns.handle(new Request(url.replace('https://', 'http://localhost/stand-in/')));
}

describe.each(Object.entries(builtInAssets))('scripts.%s', (name, environments) => {
  it('is served at the URL of each environment', async () => {
    for (const { script } of Object.values(environments)) {
      const answer = await load(script!.url);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript;charset=utf-8']);
      expect(await answer.text()).toBe(await scripts[folderOf(name as BuiltInName)]!());
    }
  });

  it('is one classic script without imports', async () => {
    const text = await scripts[folderOf(name as BuiltInName)]!();
    // Compiled only: a module, with an import or an export in it, is an error of syntax.
    expect(() => void runInNewContext(`() => {${text}\n}`)).not.toThrow();
    expect(text).toContain('addEventListener');
  });
});
