// Builds the playground as static files for any folder of any host. They also work when opened from the disk.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listFiles } from '../../../src/testing/files.js';
import { findIntegrity } from '../../integrity.js';
import { buildLibrary, bundleClassic } from '../../library.js';
import { providerNames } from '../../providers/index.js';

/** Classic scripts by name, because a browser loads no modules from the disk. */
const scripts = {
  'pay-checkout.js': 'src/index.ts',
  'stand-ins.js': 'demo/playground/static/page.ts',
  'playground.js': 'demo/playground/playground.ts',
};

/** No such host exists: the page itself answers these requests. */
const backend = 'https://backend.invalid';

const out = 'dist-playground';

rmSync(out, { recursive: true, force: true });
const page = readFileSync('index.html', 'utf8');
const integrity = await findIntegrity();
const styles = [...page.matchAll(/<link rel="stylesheet" href="\/([^"]+)" \/>/g)].map(([, path = '']) => path);
write('index.html', pageOfFiles(page));
for (const path of styles) copyFileSync(path, join(out, basename(path)));
for (const [name, entry] of Object.entries(scripts)) write(name, await bundleClassic(entry));
for (const name of providerNames) await writeStandIn(name);
console.log(`Open ${out}/index.html, or put ${out}/ on any host.`);

function pageOfFiles(text: string): string {
  const links = styles.map((path) => `<link rel="stylesheet" href="${basename(path)}" />`);
  const tags = [...links, ...Object.keys(scripts).map((name) => `<script src="${name}" defer></script>`)];
  return text
    .replace(/ *<(link rel="stylesheet"|script type="module").*\n/g, '')
    .replace('</head>', `  ${tags.join('\n    ')}\n  </head>`)
    .replace('<html ', `<html data-backend="${backend}" data-integrity="${integrity}" `);
}

async function writeStandIn(name: (typeof providerNames)[number]): Promise<void> {
  const library = await buildLibrary(name);
  for (const [url, file] of listFiles(name, () => library)) {
    const { host, pathname } = new URL(url);
    write(join('stand-in', host, pathname), await file.read());
  }
}

function write(path: string, text: string): void {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
