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
