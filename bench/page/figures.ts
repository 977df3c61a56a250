import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import type { Figure } from '../benchmark.js';
import { ratioOf, summaryOf, type Summary } from '../statistics.js';
import type { Measured } from './index.js';
import type { Variant } from './pages.js';
import type { Visit } from './visit.js';

/** Computes the figures from the visits and compares them with their targets. */
export function figuresOf(measured: Measured): Figure[] {
  return providerNames.flatMap((provider) => {
    const compare = (what: string, one: Variant, other: Variant, most: number) =>
      ratioRow(`${provider}: ${what}`, ratioOf(opened(measured, provider, one), opened(measured, provider, other)), most);
    const { tag, inert, 'hand-tuned': byHand, 'head lines': headLines, 'inert, head lines': inertHeadLines } = measured[provider];
    return [
      compare('`init`, script tag alone : page of the documentation', 'tag', 'documentation', 1),
      compare('`init`, script tag alone, file with every provider : page of the documentation', 'tag, full file', 'documentation', 1.02),
      compare('`init`, script tag alone : the same with an inert script', 'tag', 'inert', 1.03),
      compare('`init`, with the lines for the head : hand-tuned page', 'head lines', 'hand-tuned', 1.08),
      compare(
        '`init`, with the lines for the head, file with every provider : hand-tuned page',
        'head lines, full file',
        'hand-tuned',
        1.08,
      ),
      compare('`init`, with the lines for the head : the same with an inert script', 'head lines', 'inert, head lines', 1.01),
      ratioRow(
        `${provider}: ready on a second visit, script tag alone : hand-tuned page`,
        ratioOf(readies(tag.second), readies(byHand.second)),
        1.05,
      ),
      waitRow(`${provider}: from the last arrival to the constructor, script tag alone, ms`, tag.first),
      waitRow(`${provider}: the same with an inert script, ms`, inert.first, Infinity),
      // Our script then arrives together with the token, so this time includes its evaluation.
      waitRow(`${provider}: the same with the lines for the head, where our script is among the last, ms`, headLines.first),
      waitRow(`${provider}: the same with an inert script and the lines for the head, ms`, inertHeadLines.first, Infinity),
      shiftRow(provider, [...tag.first, ...headLines.first]),
    ];
  });
}

function opened(measured: Measured, provider: ProviderName, variant: Variant): number[] {
  return measured[provider][variant].first.map((visit) => visit.opened);
}

function readies(visits: readonly Visit[]): number[] {
  return visits.map(({ ready }) => ready);
}

function ratioRow(what: string, ratio: Summary, most: number): Figure {
  return { what, figure: spread(ratio, 3), must: `≤ ${most.toFixed(2)}`, holds: ratio.median <= most };
}

/** An inert script waits for the browser alone, so its rows have no limit. */
function waitRow(what: string, visits: readonly Visit[], most = 5): Figure {
  const wait = summaryOf(visits.map(({ wait }) => wait));
  return { what, figure: spread(wait, 1), must: Number.isFinite(most) ? `≤ ${most}` : '', holds: wait.median <= most };
}

function shiftRow(provider: ProviderName, visits: readonly Visit[]): Figure {
  const most = Math.max(...visits.map(({ shift }) => shift));
  return { what: `${provider}: layout shift, the most of all visits`, figure: most.toFixed(4), must: '0', holds: most === 0 };
}

function spread({ median, quartiles }: Summary, digits: number): string {
  return `**${median.toFixed(digits)}** (${quartiles.map((value) => value.toFixed(digits)).join('–')})`;
}
