import { markdownTable } from '../benchmark.js';
import type { Living, Run } from './measure.js';

/** A count that must not grow. */
export interface Row {
  readonly provider: string;
  readonly what: string;
  readonly element: string;
  readonly alone: string;
  readonly must: string;
  readonly holds: boolean;
}

const megabyte = 2 ** 20;
const counted = ['nodes', 'documents', 'listeners', 'timers', 'children', 'styleSheets'] as const;
const names: Record<(typeof counted)[number], string> = {
  nodes: 'nodes',
  documents: 'documents',
  listeners: 'listeners in all',
  timers: 'timers',
  children: 'children of head and body',
  styleSheets: 'adopted style sheets',
};

/** Compares the growth after the hundredth cycle with the element and with the library alone. */
export function rowsOf(provider: string, element: Run, alone: Run): Row[] {
  const counts = counted.map((name) =>
    countRow(
      provider,
      names[name],
      growth(element, (living) => living[name]),
      growth(alone, (living) => living[name]),
    ),
  );
  const types = [...new Set([element, alone].flatMap(({ late }) => Object.keys(late.globalListeners)))].sort();
  const listeners = types.map((type) => {
    const of = (run: Run) => growth(run, ({ globalListeners }) => globalListeners[type] ?? 0);
    return countRow(provider, `\`${type}\` listeners`, of(element), of(alone));
  });
  return [
    ...counts,
    ...listeners.filter(({ element, alone }) => element !== '0' || alone !== '0'),
    heapRow(provider, element, alone),
    timeRow(provider, element, alone),
  ];
}

function growth({ early, late }: Run, of: (living: Living) => number): number {
  return of(late) - of(early);
}

function countRow(provider: string, what: string, element: number, alone: number): Row {
  return { provider, what, element: String(element), alone: String(alone), must: 'no more', holds: element <= Math.max(alone, 0) };
}

function heapRow(provider: string, element: Run, alone: Run): Row {
  const [ours, theirs] = [element, alone].map((run) => growth(run, ({ heap }) => heap) / megabyte) as [number, number];
  const holds = ours - Math.max(theirs, 0) < 1;
  return { provider, what: 'heap, MB', element: ours.toFixed(2), alone: theirs.toFixed(2), must: 'less than 1 more', holds };
}

function timeRow(provider: string, element: Run, alone: Run): Row {
  const holds = element.ratio <= 1.1;
  return {
    provider,
    what: 'time, last hundred : first',
    element: element.ratio.toFixed(2),
    alone: alone.ratio.toFixed(2),
    must: '≤ 1.10',
    holds,
  };
}

export function tableOf(rows: readonly Row[], cycles: number): string {
  const lines = rows.map(({ provider, what, element, alone, must, holds }) => [
    provider,
    what,
    element,
    alone,
    must,
    holds ? 'yes' : '**no**',
  ]);
  const head = ['stand-in', `growth from cycle 100 to ${cycles}`, 'with the element', 'library alone', 'must be', 'holds'];
  return markdownTable(head, lines);
}
