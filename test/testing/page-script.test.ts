import { expect } from '@open-wc/testing';
import { findEntry } from '../../src/providers/registry.js';
import { useStandIns } from '../../src/testing.js';
import { providerNames } from '../../src/testing/providers.js';

let runs = 0;

/** Runs the entry as if it were a classic script from `src`. */
async function run(src?: string): Promise<void> {
  Object.defineProperty(document, 'currentScript', { configurable: true, value: src ? { src } : null });
  const entry = `../../src/testing/page-script.ts?run=${++runs}`;
  await import(entry).finally(() => Reflect.deleteProperty(document, 'currentScript'));
}

describe('the script of the stand-ins for a page', () => {
  afterEach(() => useStandIns().restore());

  it('makes the page load each library from the server of the script', async () => {
    await run('http://127.0.0.1:4010/stand-ins.js');
    for (const name of providerNames) {
      const { assets } = await findEntry(name)!.adapter();
      for (const { script } of Object.values(assets)) expect(script?.url).to.match(/^http:\/\/127\.0\.0\.1:4010\/stand-in\/./);
    }
  });

  it('throws and says what to do if it is a module', async () => {
    const error = await run().catch((reason: unknown) => reason as Error);
    expect(error?.message).to.contain('without type="module"');
  });
});
