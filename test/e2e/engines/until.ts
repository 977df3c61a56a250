import { setTimeout as delay } from 'node:timers/promises';
import type { Tab } from './tab.js';

/** Milliseconds after which something does not come any more, even on a machine that is busy with other things. */
const patience = 60_000;
/** Milliseconds after which a question is asked again: WebKit's driver never answers some that reach a page as it leaves. */
const hearing = 10_000;

/** Waits until a function in the page says yes; returns what it said. */
export function until<Result>(page: Tab, act: () => Result): Promise<NonNullable<Result>>;
export function until<Result, Arg>(page: Tab, act: (arg: Arg) => Result, arg: Arg): Promise<NonNullable<Result>>;
export function until<Result, Arg>(page: Tab, act: (arg: Arg) => Result, arg?: Arg): Promise<NonNullable<Result>> {
  return poll(`${String(act)} of ${JSON.stringify(arg)}`, () => page.evaluate(act, arg as Arg));
}

/** Asks again and again: no driver but one can be told to wait. */
export async function poll<Result>(what: string, ask: () => Promise<Result>): Promise<NonNullable<Result>> {
  const since = performance.now();
  for (let cause: unknown; ; await delay(10)) {
    // Fails while one page gives way to another.
    const said = await Promise.race([ask(), unheard()]).catch((error: unknown) => void (cause = error));
    if (said) return said;
    if (performance.now() - since > patience) throw new Error(`It never came: ${what}`, { cause });
  }
}

function unheard(): Promise<undefined> {
  return delay(hearing, undefined, { ref: false });
}
