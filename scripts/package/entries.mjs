// Server-side rendering imports every entry. The import must work without browser APIs and must have no effect.
import { readdirSync, readFileSync } from 'node:fs';
// Globals that these two packages set are not ours.
import 'lit';
import 'zod/mini';

const manifest = new URL(import.meta.resolve('pay-checkout/package.json'));
const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
const modules = Object.keys(exports).filter((path) => exports[path].default);
const scripts = readdirSync(new URL('dist/', manifest)).filter((name) => /^pay-checkout.*\.min\.js$/.test(name));
const entries = [...modules, ...scripts.map((name) => `./${name}`)];

const before = Object.getOwnPropertyNames(globalThis);
for (const path of entries) await import(path.replace('.', 'pay-checkout'));
const left = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
if (left.length > 0) throw new Error(`On Node, importing the package leaves on globalThis: ${left.join(', ')}`);
if (process.getActiveResourcesInfo().some((name) => /Timeout|Server|Request/.test(name)))
  throw new Error('On Node, an import begins something.');
console.log(`On Node, ${entries.join(', ')} are imported and do nothing.`);
