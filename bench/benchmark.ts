/** The result of a benchmark. */
export interface Report {
  /** The title of its section in results.md. */
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** Whether every figure meets its target. */
  readonly holds: boolean;
}

export interface Options {
  /** A smaller number for a quick run, whose result is not stored. */
  readonly cycles?: number;
}

export type Benchmark = (options: Options) => Promise<Report>;

/** A figure and its target. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  readonly must: string;
  readonly holds: boolean;
}

export function tableOf(figures: readonly Figure[]): string {
  const lines = figures.map(({ what, figure, must, holds }) => [what, figure, must, holds ? 'yes' : '**no**']);
  return markdownTable(['', 'figure', 'must be', 'holds'], lines);
}

export function markdownTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
