// The three engines that the tests run in. Finds which of them this machine has.
import { findChromium, findFirefox, findWebKit } from './browsers.mjs';

/** In the order of the reports. */
const known = {
  chromium: { name: 'Chromium', find: findChromium },
  firefox: { name: 'Firefox', find: findFirefox },
  webkit: { name: 'WebKitGTK', find: findWebKit },
};

/**
 * @typedef {keyof typeof known} Engine
 * @typedef {import('./browsers.mjs').Browser & {engine: Engine}} Found
 * @typedef {{engine: Engine, name: string, why: string, required: boolean}} Missing
 */

/**
 * Finds the engines that ENGINES names, as in `ENGINES=chromium,firefox`; each of them is required. Without ENGINES, finds all
 * engines on this machine, and only Chromium is required.
 *
 * @returns {Promise<{found: Found[], missing: Missing[]}>}
 * @throws {Error} if ENGINES names an unknown engine
 */
export async function findEngines({ ENGINES } = process.env) {
  const required = (ENGINES || 'chromium').split(',');
  const unknown = required.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) throw new Error(`ENGINES names ${unknown.join(', ')}; there are ${Object.keys(known).join(', ')}.`);
  const names = ENGINES ? required : Object.keys(known);
  const engines = await Promise.all(names.map((engine) => find(engine, required.includes(engine))));
  return { found: engines.filter(({ why }) => !why), missing: engines.filter(({ why }) => why) };
}

async function find(engine, required) {
  const { name, find } = known[engine];
  try {
    return { engine, name, ...(await find()) };
  } catch ({ message }) {
    return { engine, name, required, why: message };
  }
}
