// Starts WebKitGTK's own browser and controls it by W3C WebDriver.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const startTimeout = 30_000;

/**
 * @typedef {object} WebKit
 * @property {string} version
 * @property {(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<any>} call a command of the session
 * @property {() => Promise<void>} close
 */

/**
 * Starts the browser on a separate screen, where no other window takes the focus.
 *
 * @param {object} [capabilities] W3C WebDriver's
 * @returns {Promise<WebKit>}
 */
export async function startWebKit(capabilities = {}) {
  const children = [];
  const end = () => children.reverse().forEach((child) => child.kill());
  try {
    const base = await startDriver(children, await startScreen(children));
    const session = await send('POST', `${base}/session`, { capabilities: { alwaysMatch: capabilities } });
    const call = (method, path, body) => send(method, `${base}/session/${session.sessionId}${path}`, body);
    const close = async () => {
      await call('DELETE', '').catch(() => {});
      end();
    };
    const version = session.capabilities.browserVersion.split('.', 2).join('.');
    return { version, call, close };
  } catch (error) {
    end();
    throw error;
  }
}

async function startScreen(children) {
  const xvfb = start(children, 'Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
  const ended = once(xvfb, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}.`);
  });
  const [number] = await Promise.race([once(xvfb.stdio[3], 'data'), ended]);
  return `:${String(number).trim()}`;
}

async function startDriver(children, display) {
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' };
  const driver = start(children, 'WebKitWebDriver', [`--port=${port}`], env);
  const base = `http://127.0.0.1:${port}`;
  for (const since = Date.now(); Date.now() - since < startTimeout && driver.exitCode === null; await delay(50)) {
    if (await isUp(base)) return base;
  }
  throw new Error('WebKitWebDriver did not start.');
}

function start(children, command, args, env = process.env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  children.push(child);
  return child;
}

function isUp(base) {
  return fetch(`${base}/status`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @throws {Error} with the driver's message */
async function send(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
  return value;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
