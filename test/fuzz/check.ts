import fc from 'fast-check';
import { isChromium } from '../support/engine.js';
import { realTime } from '../support/work.js';
import { token } from './secret.js';

/** The same cases in every run, unless `FUZZ_SEED` asks for others. */
const seed = Number(process.env.FUZZ_SEED || 20260301);

/**
 * Whether this browser checks all cases. Firefox and WebKit check a tenth: the code under test is the same in each browser, and by the
 * seed theirs are the first of Chromium's cases.
 */
export const checksAll = isChromium;

/** Returns how many of so many cases this browser checks. */
export function runsHere(all: number): number {
  return checksAll ? all : Math.ceil(all / 10);
}

/** Milliseconds of real time in which a case that fails is made shorter. */
const shrinkingTime = 15_000;

/** Checks so many cases. What fails is told in a short form, with the seed, and without the token. */
export async function holds<T>(cases: fc.Arbitrary<T>, runs: number, check: (one: T) => Promise<void>): Promise<void> {
  let end = Infinity;
  const property = fc.asyncProperty(cases, async (one) => {
    if (realTime() > end) return;
    await check(one).catch((error: unknown) => {
      end = Math.min(end, realTime() + shrinkingTime);
      throw error;
    });
  });
  const found = await fc.check(property, { numRuns: runs, seed });
  if (!found.failed) return;
  const { message = 'An error' } = (found.errorInstance ?? {}) as Partial<Error>;
  throw new Error(readable(`${message}\nFUZZ_SEED=${seed}, case ${found.numRuns}: ${fc.stringify(found.counterexample![0])}`));
}

function readable(report: string): string {
  const short = (run: string) => `${run.slice(0, 10)}… (${run.length} of them)`;
  return report.replaceAll(token, '<token>').replace(/(.)\1{99,}/g, short);
}
