import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { hosts } from '../../../src/providers/payme/contract.js';
import { createPaymeApi, type PaymeApi } from '../../../src/testing.js';

/** A language in which docs/endpoint-php-python.md shows the endpoint. */
export interface Language {
  readonly name: string;
  /** Of the block on the page. */
  readonly fence: string;
  readonly interpreter: string;
  readonly file: string;
  /** What the page says is the merchant's own: one order, of one visitor. */
  readonly shop: readonly [file: string, code: string];
  /** Serves the file on a free port, which it prints. */
  readonly serve: readonly string[];
  /** Whether that server serves several requests at the same time. */
  readonly hasThreads?: boolean;
}

const python = `
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server
from token_endpoint import application

class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

server = make_server("127.0.0.1", 0, application, Server)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
`;

export const languages: readonly Language[] = [
  {
    name: 'PHP',
    fence: 'php',
    interpreter: 'php',
    file: 'token.php',
    shop: [
      'shop.php',
      `<?php
function find_order(string $number): ?array {
    if ($number !== 'A-1001' || ($_COOKIE['visitor'] ?? '') !== 'ana') return null;
    return ['reference' => $number, 'cents' => 1050, 'currency' => '604', 'billing' => [
        'first_name' => 'Ana', 'last_name' => 'Prueba', 'email' => 'ana@example.com',
        'phone' => ['country_code' => '+51', 'subscriber' => '912345678'],
        'location' => ['line_1' => 'Calle 1', 'city' => 'Lima', 'state' => 'Lima', 'country' => 'PE'],
    ]];
}`,
    ],
    serve: ['-S', '127.0.0.1:0', 'token.php'],
  },
  {
    name: 'Python',
    fence: 'python',
    interpreter: 'python3',
    file: 'token_endpoint.py',
    shop: [
      'shop.py',
      `def find_order(number, environ):
    if number != "A-1001" or environ.get("HTTP_COOKIE") != "visitor=ana":
        return None
    return {"reference": number, "cents": 1050, "currency": "604", "billing": {
        "first_name": "Ana", "last_name": "Prueba", "email": "ana@example.com",
        "phone": {"country_code": "+51", "subscriber": "912345678"},
        "location": {"line_1": "Calle 1", "city": "Lima", "state": "Lima", "country": "PE"},
    }}
`,
    ],
    serve: ['-c', python],
    hasThreads: true,
  },
];

export interface Running {
  readonly url: string;
  readonly payme: PaymeApi;
  /** What Pay-me answers next, instead of what its stand-in would. */
  readonly answers: (Response | Promise<Response>)[];
  /** Serves requests while `url` is busy with one: PHP's own server has one worker, so this is another one with the same files. */
  readonly secondUrl: string;
  /** What it wrote, its log included. */
  log(): string;
  /** Who but its owner may do what with the file of its bearer, as the last digits of its mode. */
  bearerMode(): string;
  stop(): Promise<void>;
}

/** The page's own code, run by its interpreter on Pay-me's stand-in. */
export async function runPage(language: Language): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'));
  writeFileSync(join(folder, language.file), codeOnPage(language.fence));
  writeFileSync(join(folder, language.shop[0]), language.shop[1]);
  const payme = createPaymeApi();
  const answers: Running['answers'] = [];
  const upstream = await serveUpstream(payme, answers);
  const bearerFile = join(folder, 'bearer.json');
  const env = {
    PATH: process.env.PATH,
    PAYME_AUTH_URL: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
    PAYME_CLIENT_ID: 'your_client_id',
    PAYME_CLIENT_SECRET: 'your_client_secret',
    PAYME_MERCHANT_CODE: 'your_merchant_code',
    PAYME_BEARER_FILE: bearerFile,
  };
  const start = () => spawn(language.interpreter, language.serve, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env });
  const children = language.hasThreads ? [start()] : [start(), start()];
  const [first, second = first] = await Promise.all(children.map(started));
  return {
    ...{ url: first!.url, secondUrl: second!.url, payme, answers },
    log: () => first!.log() + second!.log(),
    bearerMode: () => (statSync(bearerFile).mode & 0o777).toString(8),
    async stop() {
      for (const child of children) child.kill();
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function codeOnPage(fence: string): string {
  const [, code] = new RegExp(`\n\`\`\`${fence}\n(.*?)\n\`\`\`\n`, 's').exec(readFileSync('docs/endpoint-php-python.md', 'utf8')) ?? [];
  if (!code) throw new Error(`docs/endpoint-php-python.md has no ${fence}.`);
  return `${code}\n`;
}

async function serveUpstream(payme: PaymeApi, answers: Running['answers']): Promise<Server> {
  const listener = getRequestListener(
    async (request) => {
      const answer = answers.shift();
      if (answer) return answer;
      const { method, headers, url } = request;
      const body = await request.text();
      return payme.fetch(`${hosts.sandbox.auth}${new URL(url).pathname}`, { method, headers, body });
    },
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Milliseconds, for a machine that is busy with other things. */
const startLimit = 40_000;

function started(child: ChildProcess): Promise<{ url: string; log: () => string }> {
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`It did not start within ${startLimit / 1000} s: ${text}`));
    }, startLimit);
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url: `${url}/`, log: () => text });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`It ended: ${text}`)));
  });
}
