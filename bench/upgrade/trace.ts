import type { Browser } from 'playwright-core';

export interface Page {
  readonly url: string;
  /** The path of the script that is measured. */
  readonly script: string;
}

/** The fields of Chromium's trace events that the benchmark reads. */
interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  /** Microseconds. */
  readonly ts: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** Measures the main thread time from the start of the script's evaluation to the mark `updated`, in ms. */
export async function timeOf(browser: Browser, { url, script }: Page, slowdown: number): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  const includedCategories = ['devtools.timeline', 'blink.user_timing'];
  await session.send('Tracing.start', { traceConfig: { includedCategories }, transferMode: 'ReportEvents' });
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName('updated').length > 0);
  await session.send('Tracing.end');
  await complete;
  await context.close();
  const began = events.find(({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.endsWith(script));
  const updated = events.find(({ name, cat }) => name === 'updated' && cat.includes('blink.user_timing'));
  if (!began || !updated) throw new Error(`The trace of ${url} lacks the script's evaluation, or the end of the first update.`);
  return (updated.ts - began.ts) / 1000;
}
