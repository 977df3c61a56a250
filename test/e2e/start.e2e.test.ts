import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { providerNames, providers } from '../../demo/providers.js';
import { forEachProvider } from '../../src/testing/providers.js';

/** As the environment names it: the sample account of each provider. */
const accounts = forEachProvider((name) => {
  const { variables, sample } = providers[name];
  return Object.fromEntries(Object.entries(variables).map(([option, variable]) => [variable, sample[option]]));
});
const all: NodeJS.ProcessEnv = Object.fromEntries(Object.values(accounts).flatMap((account) => Object.entries(account)));
const none: NodeJS.ProcessEnv = Object.fromEntries(Object.keys(all).map((name) => [name, '']));

let running: ChildProcess | undefined;

afterEach(() => void running?.kill('SIGKILL'));

/** `npm start`, until it has said what it has to say. */
async function run(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; said: () => string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts'], { env: { ...process.env, ...env } });
  running = child;
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (text += String(bytes)));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', () => text.includes('Pay-me:') && resolve());
    child.once('exit', () => resolve());
  });
  return { child, said: () => text };
}

const urlIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+\//.exec(text)?.[0] ?? '';

const shopOf = async (text: string, name: string): Promise<string> => (await fetch(`${urlIn(text)}shop/?provider=${name}`)).text();

describe('npm start', () => {
  it('says where it is and that it talks to the stand-ins, and ends when it is told to', async () => {
    const { child, said } = await run({ ...none, PORT: '0' });
    for (const name of providerNames) {
      expect(said()).toContain(`${providers[name].title}: stand-in (no account needed`);
      expect(await shopOf(said(), name)).toContain('/demo/use-stand-ins.ts');
    }
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('takes the next free port where the wanted one is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { said } = await run({ ...none, PORT: String(port) });
    other.close();
    expect(Number(new URL(urlIn(said())).port)).toBeGreaterThan(port);
  });

  it.each(providerNames)('talks to the sandbox of %s with an account there, and to the stand-ins of the others', async (name) => {
    const { said } = await run({ ...none, ...accounts[name], PORT: '0' });
    const { title, sandbox } = providers[name];
    expect(said()).toContain(`${title}: ${sandbox}`);
    for (const one of providerNames) {
      expect((await shopOf(said(), one)).includes('use-stand-ins')).toBe(one !== name);
    }
  });

  it('offers no stand-in where there is an account everywhere, and shows no credential', async () => {
    const { said } = await run({ ...all, PORT: '0' });
    const pages = await Promise.all(providerNames.map((name) => shopOf(said(), name)));
    expect((await fetch(`${urlIn(said())}stand-in/faults`)).status).toBe(404);
    for (const secret of Object.values(all)) expect(said() + pages.join()).not.toContain(secret);
  });

  it('names what is missing of half an account', async () => {
    const { child, said } = await run({ ...none, PAYME_CLIENT_ID: 'your_client_id', PORT: '0' });
    expect(child.exitCode).toBe(1);
    expect(said()).toContain('PAYME_CLIENT_SECRET and PAYME_MERCHANT_CODE should be set too');
  });

  it('serves no file that may hold a secret', async () => {
    const { said } = await run({ ...none, PORT: '0' });
    for (const path of ['.env', '.env.example', '.git/config']) {
      expect((await fetch(urlIn(said()) + path)).ok).toBe(false);
    }
  });
});
