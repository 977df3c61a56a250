// Measures the main thread time of our script on a slow phone before any response arrives: its evaluation, the element's upgrade,
// the start of an attempt and the first render. It is compared with an empty lit element. Both pages load their script as the
// README shows, so that the browser compiles it during the download.
import { launchChromium } from '../../scripts/browsers.mjs';
import { bundleClassic } from '../../demo/library.js';
import { tableOf, type Options, type Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { script } from '../page/files.js';
import { elementOf, html, scriptTag } from '../page/pages.js';
import { openShop } from '../page/shop.js';
import { ratioOf, summaryOf } from '../statistics.js';
import { timeOf, type Page } from './trace.js';

/** The factor by which the phone is slower than this machine. */
const slowdown = 4;
/** The maximum ratio of our time to that of the empty element. */
const most = 3;

/** The rows that are compared with the empty element. */
const ours = {
  'evaluation and upgrade, its first requests sent': elementOf('payme'),
  'evaluation and upgrade alone, as with `loading="manual"`': elementOf('payme').replace(' ', ' loading="manual" '),
};

type Row = keyof typeof ours;

export async function upgrade({ cycles: rounds = 15 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    const empty = script('/empty.js', await bundleClassic('bench/upgrade/empty.ts'));
    const pageOf = (path: string, tag: string, file: typeof empty, body: string): Page => ({
      url: shop.serve(path, { html: html([marking(tag), scriptTag(file, false, 'defer')], body), own: file }),
      script: file.path,
    });
    const theirs = pageOf('/empty-element', 'empty-element', empty, '<empty-element></empty-element>');
    const rows = Object.entries(ours).map(([row, body], n) => ({
      row: row as Row,
      page: pageOf(`/pay-checkout/${n}`, 'pay-checkout', shop.files.of.payme.scripts.full.file, body),
      times: [] as number[],
    }));
    const theirTimes: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const { page, times } of rows) times.push(await timeOf(browser, page, slowdown));
      theirTimes.push(await timeOf(browser, theirs, slowdown));
    }
    return report(rows, theirTimes, browser.version());
  } finally {
    await browser.close();
    shop.close();
  }
}

/** Returns a script that marks the end of the first update. */
function marking(tag: string): string {
  return `<script>
      customElements
        .whenDefined('${tag}')
        .then(() => document.querySelector('${tag}').updateComplete)
        .then(() => performance.mark('updated'));
    </script>`;
}

function report(rows: readonly { row: Row; times: readonly number[] }[], theirs: readonly number[], version: string): Report {
  const figures = rows.map(({ row, times }) => {
    const ratio = ratioOf(times, theirs);
    return {
      what: `${row} : an empty lit element`,
      figure: `**${ratio.median.toFixed(2)}** (${ratio.quartiles.map((value) => value.toFixed(2)).join('–')})`,
      must: `≤ ${most}`,
      holds: ratio.median <= most,
    };
  });
  const between = (values: readonly number[]) => {
    const { median, quartiles } = summaryOf(values);
    return `${median.toFixed(1)} (${quartiles.map((value) => value.toFixed(1)).join('–')})`;
  };
  const how = `The CPU is slowed ${slowdown} times; ${theirs.length} rounds, alternating, each in a new window. The time runs from the start of the evaluation to the end of the first update. Medians and quartiles. In ms: ours ${rows.map(({ times }) => between(times)).join(' and ')}, the empty element ${between(theirs)}.`;
  const text = `${measuredOn(version)} ${how}\n\n${tableOf(figures)}`;
  return { title: 'Evaluation and upgrade', text, holds: figures.every(({ holds }) => holds) };
}
