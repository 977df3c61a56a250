// Finds the browsers that the tests run in.
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];
// Chromium's sandbox refuses to work for root.
const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;

/**
 * @typedef {object} Browser
 * @property {string} name `Chromium`, `Chrome` or `Edge`
 * @property {string} executablePath
 * @property {boolean | 'shell'} headless as puppeteer takes it
 * @property {string[]} args
 */

/**
 * A Chromium, Chrome or Edge: the one in CHROME_PATH, else an installed one, else on Linux the one from npm.
 *
 * @returns {Promise<Browser>}
 * @throws {Error} that says what to install
 */
export async function findChromium() {
  const installed = process.env.CHROME_PATH || candidates().find((path) => existsSync(path));
  if (installed && !existsSync(installed)) throw new Error(`CHROME_PATH is ${installed}, but there is no such file.`);
  if (installed) return { name: nameOf(installed), executablePath: installed, headless: true, args };
  if (process.platform === 'linux' && process.arch === 'x64') return bundledChromium();
  throw new Error('No Chrome, Chromium or Edge was found. Install one of them, or set CHROME_PATH to its executable.');
}

/**
 * The same, started and ready for playwright. Notes in the file that BROWSERS_LOG names which browser it was.
 *
 * @param {import('playwright-core').LaunchOptions} [options]
 */
export async function launchChromium(options) {
  const { chromium } = await import('playwright-core');
  const { name, executablePath, args } = await findChromium();
  const browser = await chromium.launch({ ...options, executablePath, args });
  if (process.env.BROWSERS_LOG) appendFileSync(process.env.BROWSERS_LOG, `${name} ${browser.version().split('.')[0]}\n`);
  return browser;
}

function nameOf(path) {
  const file = basename(path).toLowerCase();
  if (file.includes('edge')) return 'Edge';
  return file.includes('chrome') ? 'Chrome' : 'Chromium';
}

function candidates() {
  if (process.platform === 'darwin') return onMac();
  return process.platform === 'win32' ? onWindows() : onLinux();
}

function onLinux() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function onMac() {
  const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
  const folders = ['/Applications', join(homedir(), 'Applications')];
  return names.flatMap((name) => folders.map((folder) => join(folder, `${name}.app/Contents/MacOS/${name}`)));
}

function onWindows() {
  const { ProgramFiles, LOCALAPPDATA } = process.env;
  const folders = [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].filter(Boolean);
  const files = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
  return files.flatMap((file) => folders.map((folder) => join(folder, file)));
}

/** Unpacks into the temporary folder of the moment and trusts what lies there: it gets one of its own, which `npm ci` empties. */
async function bundledChromium() {
  const before = process.env.TMPDIR;
  const folder = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  // Makes it bring its own system libraries, which a bare Debian lacks; read at import.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    useFonts(folder);
    return { name: 'Chromium', executablePath, headless: 'shell', args };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Its own configuration looks for fonts in /tmp; without a font, text has no box and counts as hidden. */
function useFonts(folder) {
  process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf');
  const directories = [join(folder, 'fonts'), '/usr/share/fonts'].map((path) => `<dir>${path}</dir>`);
  const cache = `<cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  writeFileSync(process.env.FONTCONFIG_FILE, `<fontconfig>${directories.join('')}${cache}</fontconfig>\n`);
}
