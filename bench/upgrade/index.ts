// What our script costs a slow phone before anything has arrived: evaluated, and the element upgraded and drawn, beside an
// element of lit that does nothing.
import { launchChromium } from '../../scripts/browsers.mjs';
import { bundleClassic } from '../../demo/library.js';
import { tableOf, type Options, type Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { script, type File } from '../page/files.js';
import { elementOf, html } from '../page/pages.js';
import { openShop } from '../page/shop.js';
import { ratioOf, summaryOf } from '../statistics.js';

type Browser = Awaited<ReturnType<typeof launchChromium>>;

/** How much slower than this machine the phone is. */
const slowdown = 4;
/** The most that ours may take, by what the empty one takes. */
const most = 3;

export async function upgrade({ cycles: rounds = 25 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    const empty = script('/empty.js', await bundleClassic('bench/upgrade/empty.ts'));
    // It finds its adapters by its own tag, which here must not load it.
    const named = `<script type="text/plain" src="${shop.files.core.path}"></script>`;
    const ourUrl = shop.serve('/ours', { html: html([named], elementOf('payme')) });
    const emptyUrl = shop.serve('/empty', { html: html([], '<empty-element></empty-element>'), own: empty });
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      ours.push(await timeOf(browser, ourUrl, shop.files.core, 'pay-checkout'));
      theirs.push(await timeOf(browser, emptyUrl, empty, 'empty-element'));
    }
    return report(ours, theirs, browser.version());
  } finally {
    await browser.close();
    shop.close();
  }
}

/** In ms. */
async function timeOf(browser: Browser, url: string, file: File, tag: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const time = await page.evaluate<number>(`(async () => {
    const element = document.querySelector('${tag}');
    const script = document.createElement('script');
    script.text = await (await fetch('${file.path}')).text();
    const began = performance.now();
    document.body.append(script);
    await element.updateComplete;
    return performance.now() - began;
  })()`);
  await context.close();
  return time;
}

function report(ours: readonly number[], theirs: readonly number[], version: string): Report {
  const ratio = ratioOf(ours, theirs);
  const between = (values: readonly number[]) => {
    const { median, quartiles } = summaryOf(values);
    return `${median.toFixed(1)} (${quartiles.map((value) => value.toFixed(1)).join('–')})`;
  };
  const holds = ratio.median <= most;
  const row = {
    what: 'evaluation and upgrade : an empty lit element',
    figure: `**${ratio.median.toFixed(2)}**`,
    must: `≤ ${most}`,
    holds,
  };
  const how = `The CPU is slowed ${slowdown} times; ${ours.length} rounds in turn, each in a new window; medians and quartiles. In ms: ours ${between(ours)}, the empty element ${between(theirs)}.`;
  return { title: 'Evaluation and upgrade', text: `${measuredOn(version)} ${how}\n\n${tableOf([row])}`, holds };
}
