export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Terminal {
  readonly out: Output;
  readonly err: Output;
}

/** 0 without problems, 1 with problems, 2 for wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** One command of `pay-checkout`, such as `check`. */
export interface Command {
  /** What the command does, in one line. */
  readonly summary: string;
  readonly help: string;
  /** @throws {UsageError} for a mistake in the arguments */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}
