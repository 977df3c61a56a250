import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { NeighbourUrls } from './neighbours.js';

/** Forks the stand-ins and the shop. */
export async function startNeighbours(): Promise<{ urls: NeighbourUrls; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL('neighbours.ts', import.meta.url)));
  const [urls] = (await once(child, 'message')) as [NeighbourUrls];
  return { urls, child };
}

/** Collects the garbage of the process and sends its memory when the parent asks. */
const reportMemory = 'process.on("message", () => { gc(); gc(); process.send(process.memoryUsage()); });';

/** Starts the built `pay-checkout serve`. Its log at the default level goes to `/dev/null`. */
export async function startServe({ standIns, shop }: NeighbourUrls, redisUrl?: string): Promise<{ url: string; child: ChildProcess }> {
  const port = await findFreePort();
  const env = {
    ...{ PATH: process.env.PATH, PORT: String(port), PAY_ENVIRONMENT: 'sandbox', PAY_STAND_INS: standIns },
    ...{ PAY_ORDER_URL: `${shop}/order`, PAY_OUTCOME_URL: `${shop}/outcome` },
    ...{ PAY_BACKEND_SECRET: 'a-secret-of-the-benchmark-with-32-characters', PAY_RATE_LIMIT: '1000000' },
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
  };
  const flags = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(reportMemory)}`];
  const child = spawn(process.execPath, [...flags, 'dist/cli.js', 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error('`serve` has ended. Run `npm run build` first.');
    await sleep(50);
  }
  return { url, child };
}

/** Milliseconds: longer than the time limits of the last calls to the shop and to the provider, which are kept until they end. */
const pause = 6_000;

/** Returns the memory of the process after a pause and a garbage collection. */
export async function readMemory(child: ChildProcess): Promise<NodeJS.MemoryUsage> {
  await sleep(pause);
  child.send('memory');
  const [memory] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
  return memory;
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
