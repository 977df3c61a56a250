/** What a benchmark found. */
export interface Report {
  /** Of its section in results.md. */
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** Whether what must hold does. */
  readonly holds: boolean;
}

export interface Options {
  /** Fewer for a quick look, which is not kept. */
  readonly cycles?: number;
}

export type Benchmark = (options: Options) => Promise<Report>;

/** One figure, and what it should be. */
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
