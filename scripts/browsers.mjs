// Finds the browsers that the tests run in.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Milliseconds, for a machine that is busy with other work. */
const startLimit = 120_000;
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];
// Chromium's sandbox does not work for root.
const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;

/**
 * @typedef {object} Browser
 * @property {string} name `Chromium`, `Chrome`, `Edge` or `Firefox`
 * @property {string} executablePath
 * @property {boolean | 'shell'} headless as puppeteer takes it
 * @property {string[]} args
 */

/** Whether the Chromium of the lock file runs on this machine. */
export const runsBundledChromium = process.platform === 'linux' && process.arch === 'x64';

/**
 * Finds a Chromium, Chrome or Edge: the one in CHROME_PATH, else an installed one, else on Linux the one from npm.
 *
 * @returns {Promise<Browser>}
 * @throws {Error} with the browsers to install
 */
export async function findChromium() {
  const path = named('CHROME_PATH') ?? installed(chromiums);
  if (path) return { name: nameOf(path), executablePath: path, headless: true, args };
  if (runsBundledChromium) return findBundledChromium();
  throw new Error('No Chrome, Chromium or Edge was found. Install one of them, or set CHROME_PATH to its executable.');
}

/**
 * Finds the Firefox in FIREFOX_PATH, else an installed one.
 *
 * @returns {Browser}
 * @throws {Error} with the browser to install
 */
export function findFirefox() {
  const path = named('FIREFOX_PATH') ?? installed(firefoxes);
  if (path) return { name: 'Firefox', executablePath: path, headless: true, args: [] };
  throw new Error('No Firefox was found. Install it (on Debian: firefox-esr), or set FIREFOX_PATH to its executable.');
}

/**
 * Finds WebKitGTK, its WebDriver and a virtual screen.
 *
 * @returns {{name: string}}
 * @throws {Error} with the packages to install
 */
export function findWebKit() {
  if (installed(webkits) && installed(screens)) return { name: 'WebKitGTK' };
  throw new Error('No WebKitGTK was found. On Debian, install webkit2gtk-driver and xvfb; systems other than Linux have none.');
}

/**
 * Starts a Chromium, Chrome or Edge with playwright.
 *
 * @param {import('playwright-core').LaunchOptions} [options]
 */
export async function launchChromium(options) {
  const { chromium } = await import('playwright-core');
  const { executablePath, args } = await findChromium();
  return chromium.launch({ ...options, executablePath, args, timeout: startLimit });
}

function named(variable) {
  const path = process.env[variable];
  if (path && !existsSync(path)) throw new Error(`${variable} is ${path}, but there is no such file.`);
  return path || undefined;
}

function nameOf(path) {
  const file = basename(path).toLowerCase();
  if (file.includes('edge')) return 'Edge';
  return file.includes('chrome') ? 'Chrome' : 'Chromium';
}

/** The names of each browser: executables in the PATH on Linux, applications on a Mac, paths in the programs folder on Windows. */
const chromiums = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'],
  win32: ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'],
};
const firefoxes = { linux: ['firefox-esr', 'firefox'], darwin: ['Firefox'], win32: ['Mozilla Firefox/firefox.exe'] };
const webkits = { linux: ['WebKitWebDriver'] };
const screens = { linux: ['Xvfb'] };

/** Returns the path of the first program in the list that is installed. */
function installed(names) {
  const { platform } = process;
  const paths = (names[platform] ?? []).flatMap((name) => folders(platform).map((folder) => inFolder(platform, folder, name)));
  return paths.find((path) => existsSync(path));
}

function folders(platform) {
  const { PATH = '', ProgramFiles, LOCALAPPDATA } = process.env;
  if (platform === 'darwin') return ['/Applications', join(homedir(), 'Applications')];
  if (platform === 'win32') return [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].filter(Boolean);
  return [...PATH.split(delimiter), '/usr/bin', '/snap/bin'];
}

function inFolder(platform, folder, name) {
  return platform === 'darwin' ? join(folder, `${name}.app/Contents/MacOS/${basename(name)}`) : join(folder, name);
}

/**
 * Unpacks the Chromium of the lock file. Its package unpacks into the temporary folder and trusts any file there. It therefore
 * gets a separate folder, which `npm ci` empties.
 *
 * @returns {Promise<Browser>}
 */
export async function findBundledChromium() {
  const before = process.env.TMPDIR;
  const folder = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  // Makes the package unpack system libraries that a bare Debian lacks. The package reads this variable when it is imported.
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

/** Chromium's own font configuration looks for fonts in /tmp. Without a font, text has no box and counts as hidden. */
function useFonts(folder) {
  process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf');
  const directories = [join(folder, 'fonts'), '/usr/share/fonts'].map((path) => `<dir>${path}</dir>`);
  const cache = `<cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  writeFileSync(process.env.FONTCONFIG_FILE, `<fontconfig>${directories.join('')}${cache}</fontconfig>\n`);
}
