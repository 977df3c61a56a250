import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

const minutes = 20;
const windows = process.platform === 'win32';
const path = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
const running = new Set();

/**
 * Runs a command line with the programs of node_modules at hand, and keeps what it prints.
 *
 * @param {string} command
 * @param {Record<string, string>} [env]
 */
export async function runCommand(command, env = {}) {
  const began = performance.now();
  // A group of its own, so that a step which hangs takes its browser with it.
  const child = spawn(command, {
    shell: true,
    detached: !windows,
    env: { ...process.env, PATH: path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const timer = setTimeout(() => stop(child), minutes * 60_000);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(bytes));
  const code = await new Promise((done) => child.on('close', done).on('error', () => done(1)));
  clearTimeout(timer);
  running.delete(child);
  return { code: code ?? 1, output: Buffer.concat(output).toString(), seconds: (performance.now() - began) / 1000 };
}

export function stopAll() {
  for (const child of running) stop(child);
}

function stop(child) {
  if (!child.pid) return;
  if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else process.kill(-child.pid, 'SIGKILL');
}
