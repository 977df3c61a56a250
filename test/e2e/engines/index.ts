import { afterAll, beforeAll, describe, it } from 'vitest';
import { findEngines, type Engine as Where, type Found } from '../../../scripts/engines.mjs';
import { ranIn } from '../ran-in.js';
import { startChromium } from './chromium.js';
import { startFirefox } from './firefox.js';
import type { Started, Visit } from './tab.js';
import { startWebKitGTK } from './webkit.js';

const starters: Record<Where, (found: Found) => Promise<Started>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKitGTK,
};

/** What a test has of the browser that it runs in. */
export interface Engine {
  readonly where: Where;
  /** Whether this engine is the first of those that run, for a test that need not run in each. */
  readonly isFirst: boolean;
  open(this: void): Promise<Visit>;
}

const { found, missing } = await findEngines();
const lacking = missing.filter(({ required }) => required);
if (lacking.length > 0) throw new Error(lacking.map(({ why }) => why).join(' '));

/** Starts each engine that there is, and returns those for which the check is true. For what a test's title must say. */
export async function enginesThat(check: (started: Started) => Promise<boolean>): Promise<ReadonlySet<Where>> {
  const checked = await Promise.all(
    found.map(async (one) => {
      const started = await starters[one.engine](one);
      return (await check(started).finally(() => started.close())) ? [one.engine] : [];
    }),
  );
  return new Set(checked.flat());
}

/** The same tests in each engine that there is, which is started once for all of them. */
export function inEachEngine(tests: (engine: Engine) => void): void {
  for (const one of found) {
    const { engine: where, name } = one;
    // For the gate, of a test that is skipped; one that runs tells the version, too.
    describe(`in ${name}`, { meta: { browser: { where, browser: name } } }, () => {
      let started: Started;
      beforeAll(async () => {
        started = await starters[where](one);
      });
      afterAll(() => started?.close());
      tests({
        where,
        isFirst: one === found[0],
        open() {
          ranIn(where, `${name} ${started.version}`);
          return started.open();
        },
      });
    });
  }
}

/** `it`; where the engine cannot do what is tested, a test that is skipped, and whose title says so. The gate tells of each. */
export function itUnless(isLacking: boolean, why: string): (title: string, test: () => Promise<void>) => void {
  // eslint-disable-next-line no-restricted-syntax -- it is told
  return isLacking ? (title) => it.skip(`${title} [${why}]`) : it;
}
