export type Level = 'ok' | 'warning' | 'wrong';

/** One line of the report. */
export interface Finding {
  readonly level: Level;
  /** What was looked at. */
  readonly check: string;
  /** What was expected and what was found; never a token, a config value or a body. */
  readonly message: string;
}

const at =
  (level: Level) =>
  (check: string, message: string): Finding => ({ level, check, message });

export const ok = at('ok');
/** It works, but not everywhere, or not for long. */
export const warning = at('warning');
/** It does not work, or it is not safe. */
export const wrong = at('wrong');

/** The faults of one check; where there is none, that all is well. */
export function unless(faults: readonly (Finding | false | undefined)[], well: Finding): Finding[] {
  const found = faults.filter((fault): fault is Finding => Boolean(fault));
  return found.length > 0 ? found : [well];
}
