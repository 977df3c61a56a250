import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { ProviderName } from '../../src/testing/providers.js';
import { libraries } from '../providers/library.js';
import type { SoakPage } from './page.js';

/** The objects that remain after a garbage collection. */
export interface Living {
  readonly nodes: number;
  readonly documents: number;
  /** The listeners of all targets. */
  readonly listeners: number;
  /** The listeners of the window and the document, by type. */
  readonly globalListeners: Readonly<Record<string, number>>;
  readonly timers: number;
  readonly children: number;
  readonly styleSheets: number;
  /** Bytes. */
  readonly heap: number;
}

export interface Run {
  readonly early: Living;
  readonly late: Living;
  /** The time of the last hundred cycles, divided by that of the first hundred. */
  readonly ratio: number;
}

/** The number of cycles before the first count, and the number of cycles in each of the two times that are compared. */
const hundred = 100;
/**
 * One run of the cycles in steps. The first and the last hundred cycles are timed, so they must not run beside another kind of
 * step. The other steps are not timed.
 */
export interface Soaking {
  first(): Promise<void>;
  lookEarly(): Promise<void>;
  goOn(): Promise<void>;
  last(): Promise<void>;
  lookLate(): Promise<Run>;
}

export async function open(
  browser: Browser,
  url: string,
  provider: ProviderName,
  by: 'element' | 'library alone',
  cycles: number,
): Promise<Soaking> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(url);
  const session = await context.newCDPSession(page);
  const times: number[] = [];
  const last = Math.min(hundred, Math.max(cycles - hundred, 0));
  const go = async (count: number) => void times.push(...(await run(page, provider, by, count)));
  let early: Living;
  return {
    first: () => go(Math.min(hundred, cycles)),
    lookEarly: async () => void (early = await look(page, session, libraries[provider].quiet)),
    goOn: () => go(Math.max(cycles - hundred - last, 0)),
    last: () => go(last),
    async lookLate() {
      const late = await look(page, session, libraries[provider].quiet);
      await context.close();
      return { early, late, ratio: sum(times.slice(-hundred)) / sum(times.slice(0, hundred)) };
    },
  };
}

function run(page: Page, provider: ProviderName, by: 'element' | 'library alone', cycles: number): Promise<number[]> {
  return page.evaluate(([...given]) => (window as unknown as { soak: SoakPage }).soak.run(...given), [provider, by, cycles] as const);
}

async function look(page: Page, session: CDPSession, wait: number): Promise<Living> {
  await sleep(wait);
  await session.send('Performance.enable');
  for (let n = 0; n < 4; n++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  const counts = await page.evaluate(() => (window as unknown as { soak: SoakPage }).soak.counts());
  const globalListeners = { ...(await listenersOf(session, 'window')), ...(await listenersOf(session, 'document')) };
  return {
    nodes: of('Nodes'),
    documents: of('Documents'),
    listeners: of('JSEventListeners'),
    heap: of('JSHeapUsedSize'),
    globalListeners,
    ...counts,
  };
}

async function listenersOf(session: CDPSession, target: 'window' | 'document'): Promise<Record<string, number>> {
  const { result } = await session.send('Runtime.evaluate', { expression: target });
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
  const counts: Record<string, number> = {};
  for (const { type } of listeners) counts[`${target} ${type}`] = (counts[`${target} ${type}`] ?? 0) + 1;
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
