// A server of scripts and styles that hangs, fails, lies and recovers; part of the tests' own dev server.
//
// /hostile/<behaviour>/<file>      or `<behaviour>-<n>`: only the first n requests are treated so, and the others well
// /hostile/page?csp=…              a page under that policy, with src/assets.ts at `window.assets`; also `&report-only=…`
//
// Tests ask for the services below by a command of the test runner, as Firefox sends no request while a style sheet hangs.
import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

const types = { js: 'text/javascript', css: 'text/css' };
const behaviours = {
  ok: send,
  404(context) {
    context.status = 204;
    context.respond = false;
    // Later, as the test runner would tell of each as of a mistake.
    setImmediate(() => context.res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not Found'));
  },
  410: (context) => (context.status = 410),
  500: (context) => (context.status = 500),
  // Without a beginning, the browser would ask again by itself.
  drop(context) {
    context.respond = false;
    context.res.writeHead(200, { 'Content-Length': 1000 });
    context.res.write('window.', () => context.req.socket.destroy());
  },
  wrong: (context, file) => send(context, file, `${goodBody(file)}\n/* and more */`),
  'no-global': (context, file) => send(context, file, counting(file)),
  throws: (context, file) => send(context, file, `${counting(file)} throw new Error('hostile');`),
  hang: async (context, file) => {
    await new Promise((resolve) => hanging(file).push(resolve));
    send(context, file);
  },
};

const requests = new Map();
const hangs = new Map();
const mended = new Set();
const arrivals = new EventEmitter().setMaxListeners(0);

const services = {
  /** The queries of the requests so far, once there are `min`. */
  async requests(file, min = 0) {
    while (requestsOf(file).length < min) await once(arrivals, file);
    return requestsOf(file);
  },
  /** Answers the oldest requests that hang, `count` of them. */
  release: (file, count) =>
    hanging(file)
      .splice(0, count)
      .map((answer) => answer()).length,
  /** Treats the file well from now on, and answers what hangs. */
  mend(file) {
    mended.add(file);
    return services.release(file, Infinity);
  },
  /** The hash of what a good answer holds. */
  integrity: (file) => `sha384-${createHash('sha384').update(goodBody(file)).digest('base64')}`,
};

/** For @web/test-runner. */
export const hostileServices = {
  name: 'hostile',
  executeCommand: ({ command, payload }) => (command === 'hostile' ? services[payload.service](payload.file, payload.count) : undefined),
};

/** Koa middleware. */
export async function hostileServer(context, next) {
  if (!context.path.startsWith('/hostile/')) return next();
  context.set({ 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' });
  const [, , name, file] = context.path.split('/');
  if (name === 'page') return sendPage(context);
  requestsOf(file).push(context.search);
  arrivals.emit(file);
  const [, behaviour, first = Infinity] = /^(.+?)(?:-(\d+))?$/.exec(name);
  const spent = requestsOf(file).length > first || mended.has(file);
  await behaviours[spent ? 'ok' : behaviour](context, file);
}

function send(context, file, body = goodBody(file)) {
  context.type = types[file.split('.')[1]];
  context.body = body;
}

/** A script leaves a global of its file's name, which the page may have a hand in; a style sheet colours what has that class. */
function goodBody(file) {
  const [name, extension] = file.split('.');
  return extension === 'css'
    ? `.${name} { color: rgb(1, 2, 3) }`
    : `${counting(file)} window.${name} = window.hostileLibrary ? hostileLibrary() : class {};`;
}

function counting(file) {
  const [name] = file.split('.');
  return `window.runs ??= {}; runs.${name} = (runs.${name} ?? 0) + 1;`;
}

/** Its scripts have the nonce `hostile`; its coverage counts with that of the page around it. */
function sendPage(context) {
  const { csp, 'report-only': reportOnly } = context.query;
  if (csp) context.set('Content-Security-Policy', csp);
  if (reportOnly) context.set('Content-Security-Policy-Report-Only', reportOnly);
  context.type = 'text/html';
  context.body = `<!doctype html>
    <script nonce="hostile" type="module">import * as assets from '/src/assets/load-assets.ts'; window.assets = assets;</script>`;
}

function requestsOf(file) {
  return entry(requests, file);
}

function hanging(file) {
  return entry(hangs, file);
}

function entry(map, file) {
  if (!map.has(file)) map.set(file, []);
  return map.get(file);
}
