import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { providerNames, providers } from '../../demo/providers/index.js';
import { accounts, all, none, npmStart, type NpmStart } from './npm-start.js';

let running: NpmStart | undefined;

afterEach(async () => {
  await running?.close('SIGKILL');
  running = undefined;
});

async function run(env: NodeJS.ProcessEnv): Promise<NpmStart> {
  return (running = await npmStart(env));
}

const shopOf = async (url: string, name: string): Promise<string> => (await fetch(`${url}shop/?provider=${name}`)).text();

describe('npm start', () => {
  it('prints its address, uses the stand-ins, and exits on a signal', async () => {
    const { url, said, close } = await run(none);
    for (const name of providerNames) {
      expect(said).toContain(`${providers[name].title}: stand-in (no account needed`);
      expect(await shopOf(url, name)).toContain('/demo/use-stand-ins.ts');
    }
    expect(await close()).toBe(0);
  });

  it('uses a higher port when the requested one is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { url } = await run({ ...none, PORT: String(port) });
    other.close();
    expect(Number(new URL(url).port)).toBeGreaterThan(port);
  });

  it.each(providerNames)('uses the sandbox of %s when its account is set, and stand-ins for the others', async (name) => {
    const { url, said } = await run({ ...none, ...accounts[name] });
    const { title, sandbox } = providers[name];
    expect(said).toContain(`${title}: ${sandbox}`);
    for (const one of providerNames) {
      expect((await shopOf(url, one)).includes('use-stand-ins')).toBe(one !== name);
    }
  });

  it('serves no stand-ins and shows no credentials when every account is set', async () => {
    const { url, said } = await run(all);
    const pages = await Promise.all(providerNames.map((name) => shopOf(url, name)));
    expect((await fetch(`${url}stand-in/faults`)).status).toBe(404);
    for (const secret of Object.values(all)) expect(said + pages.join()).not.toContain(secret);
  });

  it('names the missing variables of an incomplete account and exits with 1', async () => {
    const { said, close } = await run({ ...none, PAYME_CLIENT_ID: 'your_client_id' });
    expect(said).toContain('PAYME_CLIENT_SECRET and PAYME_MERCHANT_CODE should be set too');
    expect(await close()).toBe(1);
  });

  it('serves no file that may contain a secret', async () => {
    const { url } = await run(none);
    for (const path of ['.env', '.env.example', '.git/config', 'package.json', 'demo/shop/..%2f..%2f.env.example']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
  });
});
