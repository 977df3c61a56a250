import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fragmentsOf } from '../docs/fragments.js';
import { atEnd } from './support.js';

/** Where a proxy of docs/serve-deployment.md forwards requests. Addresses without a slash at the end. */
export interface Targets {
  readonly processes: readonly [string, string];
  readonly shop: string;
}

interface Proxy {
  /** The language of its block on the page. */
  readonly language: string;
  readonly command: string;
  /** Returns the arguments that run it in the foreground, with the configuration in that file. */
  readonly run: (file: string) => string[];
  /** Adds what the page leaves to the reader: where temporary files are, and plain HTTP on a loopback port. */
  readonly complete: (snippet: string, folder: string, port: number) => string;
  /** What it writes to its error output as soon as it takes requests. */
  readonly ready: string;
}

export const withoutTls = (text: string) => text.replaceAll(/^ *(ssl_|SSL).*\n/gm, '');

const nginx: Proxy = {
  language: 'nginx',
  command: 'nginx',
  run: (file) => ['-c', file, '-e', 'stderr'],
  ready: 'start worker process ',
  complete(snippet, folder, port) {
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    const server = withoutTls(snippet).replace('listen 443 ssl;', `listen 127.0.0.1:${port};`);
    const own = process.getuid?.() === 0 ? 'user root;' : '';
    return `daemon off; ${own} pid ${folder}/pid; error_log stderr notice; events {} http { access_log off; ${paths}\n${server}}`;
  },
};

const caddy: Proxy = {
  language: 'caddyfile',
  command: 'caddy',
  run: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  ready: 'serving initial configuration',
  complete: (snippet, _, port) => `{\n\tadmin off\n}\n${snippet.replace('shop.example.com {', `http://127.0.0.1:${port} {`)}`,
};

export const proxies = { nginx, caddy };

/** Starts a proxy with its block of the page, on a free port. Returns its address. It ends with the test. */
export async function startProxy(proxy: Proxy, targets: Targets, tries = 3): Promise<string> {
  const [port, folder] = [await findFreePort(), mkdtempSync(join(tmpdir(), 'proxy-'))];
  const file = join(folder, 'configuration');
  writeFileSync(file, proxy.complete(aim(readSnippet(proxy.language), targets), folder, port));
  const child = spawn(proxy.command, proxy.run(file), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  atEnd(() => stop(child, folder));
  try {
    await waitForText(child, proxy.ready);
    return `http://127.0.0.1:${port}`;
  } catch (error) {
    // Another process may have taken the port.
    if (tries === 1) throw error;
    return startProxy(proxy, targets, tries - 1);
  }
}

export function readSnippet(language: string): string {
  const found = fragmentsOf('docs/serve-deployment.md').find((fragment) => fragment.language === language);
  if (!found) throw new Error(`docs/serve-deployment.md has no block of ${language}.`);
  return found.text;
}

function aim(snippet: string, { processes, shop }: Targets): string {
  const hosts: Readonly<Record<string, string>> = { 8080: processes[0], 8081: processes[1], 8000: shop };
  return snippet.replaceAll(/127\.0\.0\.1:(80\d\d)/g, (_, port: string) => new URL(hosts[port]!).host);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitForText(child: ChildProcess, text: string): Promise<void> {
  let written = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (bytes) => {
      written += String(bytes);
      if (written.includes(text)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with code ${code}:\n${written}`)));
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

interface SendOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A loopback address, such as 127.0.0.2, which plays another visitor. */
  readonly from?: string;
}

/** Sends a request, with its path exactly as written, on a connection of its own. */
export async function send(base: string, path: string, { method = 'POST', headers, json, from }: SendOptions = {}): Promise<Answer> {
  const body = json === undefined ? '' : JSON.stringify(json);
  const all = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Cookie: 'visitor=ana', ...headers };
  const sent = request(base, { path, method, headers: all, agent: false, ...(from && { localAddress: from }) });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer> & { readonly statusCode: number }];
  let text = '';
  for await (const chunk of response) text += chunk.toString();
  return { status: response.statusCode, text };
}
