import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/browsers.mjs';
import { extractInstalled, type Snippets } from '../docs/snippets.js';
import { withBuilt } from './built.js';
import { shoppers } from './shoppers.js';
import { isConfirmed, leave, press, reaches, visit } from './support.js';

const run = promisify(execFile);
const here = withBuilt(() => Promise.resolve({ close: () => {} }));
const vite = resolve('node_modules/vite/bin/vite.js');
const pages = ['docs/getting-started.md', 'docs/testing.md'];
const { pay, cards } = shoppers.payme;

let files: Pick<Snippets, 'names' | 'path' | 'remove'>;
let started: ChildProcess[];
let backend: string;

/** Starts a server as the documentation says, and returns the address that it prints. */
async function start(folder: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: files.path(folder), env: { ...process.env, PORT: '0', NO_COLOR: '1' } });
  started.push(child);
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port] = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(line) ?? [];
    if (port) return `http://127.0.0.1:${port}/`;
  }
  throw new Error(`It ended without an address: ${said}`);
}

/** Reads the order from the shop's backend. */
const order = async (): Promise<unknown> => (await fetch(`${backend}api/orders/A-1001`)).json();

async function payAt(url: string, { begins = false } = {}): Promise<void> {
  const opened = await visit(here.browser, url);
  const { page } = opened;
  if (begins) await press(page, 'Pagar');
  await reaches(page, 'ready');
  expect(await order()).toEqual({ paid: false });
  await pay(page, cards.approved);
  await reaches(page, 'succeeded');
  expect(await isConfirmed(page)).toBe(true);
  expect(await order()).toEqual({ paid: true });
  await leave(opened);
}

beforeEach(async () => {
  started = [];
  files = extractInstalled(pages);
  backend = await start('shop', 'server.js', '--stand-ins');
  // Another program may use port 3000.
  for (const name of files.names) {
    const text = readFileSync(files.path(name), 'utf8');
    writeFileSync(files.path(name), text.replaceAll('http://localhost:3000', new URL(backend).origin));
  }
});
afterEach(async () => {
  for (const child of started) {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  files.remove();
});

describe('docs/getting-started.md', () => {
  it('has a plain HTML shop that takes a payment and passes `pay-checkout check`', async () => {
    const asked = ['--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001'];
    await run(process.execPath, ['dist/cli.js', 'check', `${backend}api/pay/token`, ...asked]);
    await payAt(backend, { begins: true });
  });

  it.each(['shop-react', 'shop-vue'])('has a page in %s that takes a payment, and its build contains no stand-ins', async (folder) => {
    await payAt(await start(folder, vite, '--mode', 'stand-ins', '--host', '127.0.0.1', '--port', '0'));
    await run(process.execPath, [vite, 'build'], { cwd: files.path(folder) });
    const built = readdirSync(files.path(`${folder}/dist/assets`)).map((name) =>
      readFileSync(files.path(`${folder}/dist/assets/${name}`), 'utf8'),
    );
    expect(built.join('')).toContain('pay-checkout');
    expect(built.join('')).not.toContain('4111 1111 1111 1111');
  });
});

describe('docs/testing.md', () => {
  it('has a Playwright test that passes', async () => {
    const { executablePath, args } = await findChromium();
    const launchOptions = JSON.stringify({ executablePath, args });
    // The shop is already running, so the configuration must not start another one.
    const config = `import documented from './playwright.config.ts';
export default { ...documented, outputDir: 'test-results', webServer: undefined, use: { ...documented.use, launchOptions: ${launchOptions} } };`;
    writeFileSync(files.path('shop/here.config.ts'), config);
    const { stdout } = await run(
      process.execPath,
      [resolve('node_modules/@playwright/test/cli.js'), 'test', '-c', 'here.config.ts', '--reporter=line'],
      {
        cwd: files.path('shop'),
      },
    );
    expect(stdout).toContain('2 passed');
  });
});
