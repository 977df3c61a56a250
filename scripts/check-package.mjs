// Checks the package as merchants get it: packs it with `npm pack` and unpacks it into a separate project (scripts/package/).
import { execSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, preview } from 'vite';
import { launchChromium } from './browsers.mjs';
import { buildFacts } from './package/providers.mjs';
import { checkAdapters } from './package/adapters.mjs';
import { checkStandIns } from './package/stand-ins.mjs';

/** The size limit of each script-tag file without its adapters: bytes after gzip -9. */
const coreLimit = 29_425;

const project = mkdtempSync(join(tmpdir(), 'pay-checkout-'));
const modules = join(project, 'node_modules');
const installed = join(modules, 'pay-checkout');
const env = { ...process.env, PATH: [resolve('node_modules/.bin'), process.env.PATH].join(delimiter) };

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}

async function main() {
  const tarball = pack();
  run(`publint run "${tarball}" --strict`);
  run(`attw "${tarball}" --profile esm-only --quiet --exclude-entrypoints pay-checkout.min.js`);
  install(tarball);
  checkSizes();
  const dependencies = dependenciesOf(installed);
  link(dependencies.filter((name) => name !== 'lit'));
  run('node server.mjs', project);
  linkCommand();
  run('node endpoint-check.mjs', project);
  link(['lit', '@lit/react', 'react', 'react-dom', 'vue', '@types/react', '@types/react-dom']);
  run('node entries.mjs', project);
  run('tsc -p .', project);
  await checkInBrowser();
}

function pack() {
  const [{ filename, size, files }] = JSON.parse(
    execSync(`npm pack --json --ignore-scripts --pack-destination "${project}"`, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  console.log(`${filename}: ${files.length} files, ${size.toLocaleString('en')} bytes`);
  return join(project, filename);
}

function install(tarball) {
  cpSync(resolve(import.meta.dirname, 'package'), project, { recursive: true });
  mkdirSync(modules);
  execSync(`tar -xzf "${tarball}" -C "${modules}"`);
  renameSync(join(modules, 'package'), installed);
}

function checkSizes() {
  const limits = Object.entries(buildFacts).map(([name, { gzipLimit }]) => [`pay-checkout-${name}.min.js`, gzipLimit]);
  for (const [file, limit] of limits) checkSize(file, coreLimit + limit);
  checkSize(
    'pay-checkout.min.js',
    limits.reduce((sum, [, limit]) => sum + limit, coreLimit),
  );
}

function checkSize(file, limit) {
  const size = sizeOf(file);
  console.log(`${file}: gzip -9 ${bytes(size)}, of ${bytes(limit)} at most`);
  if (size > limit) throw new Error(`${file} exceeds its limit by ${bytes(size - limit)}. Remove code that pages do not need.`);
}

function sizeOf(file) {
  return gzipSync(readFileSync(join(installed, 'dist', file)), { level: 9 }).length;
}

function bytes(count) {
  return `${count.toLocaleString('en')} bytes`;
}

function dependenciesOf(folder) {
  return Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies);
}

function link(names) {
  for (const name of names) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name), 'junction');
  }
}

/** Links the commands as `npm install` does with `bin`. */
function linkCommand() {
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  mkdirSync(join(modules, '.bin'));
  for (const [name, file] of Object.entries(bin)) {
    chmodSync(join(installed, file), 0o755);
    symlinkSync(join(installed, file), join(modules, '.bin', name));
  }
}

function run(command, cwd = '.') {
  execSync(command, { cwd, env, stdio: 'inherit' });
}

/** Builds the pages with a bundler, which also drops every file that `sideEffects` allows it to drop. */
async function checkInBrowser() {
  const input = ['index.html', 'one-adapter.html', 'react.html', 'stand-ins.html'].map((page) => join(project, page));
  await build({ root: project, logLevel: 'error', build: { rolldownOptions: { input } } });
  const server = await preview({ root: project, logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
  const browser = await launchChromium();
  try {
    const url = `http://127.0.0.1:${server.httpServer.address().port}/`;
    await openPage(browser, url);
    console.log('A provider registered through pay-checkout/provider reaches `ready` in a tag of pay-checkout.');
    await openPage(browser, `${url}react.html`);
    console.log('The component of pay-checkout/react brings the tag along.');
    await checkAdapters(browser, url);
    await checkStandIns(browser, url, installed);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openPage(browser, url) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/token', (route) => route.fulfill({ json: { token: 'made-up-token' } }));
  await page.goto(url);
  const tag = page.locator('pay-checkout');
  await page.waitForSelector('pay-checkout[status="ready"]', { timeout: 10_000 }).catch(async () => {
    throw new Error(`The tag is ${await tag.getAttribute('status')}, not ready. ${errors.join(' ')}`);
  });
}
