export type Level = 'ok' | 'warning' | 'wrong';

/** One result of a check, which is one line of the report. */
export interface Finding {
  readonly level: Level;
  /** The name of the check. */
  readonly check: string;
  /** What was expected and what was found. Never contains a token, a config value or a body. */
  readonly message: string;
}

const createFinding =
  (level: Level) =>
  (check: string, message: string): Finding => ({ level, check, message });

export const ok = createFinding('ok');
/** Works, but not for every page, or not reliably. */
export const warning = createFinding('warning');
/** Does not work, or is not safe. */
export const wrong = createFinding('wrong');

/** Returns the problems that a check found, or `success` if it found none. */
export function collectFindings(problems: readonly (Finding | false | undefined)[], success: Finding): Finding[] {
  const found = problems.filter((problem): problem is Finding => Boolean(problem));
  return found.length > 0 ? found : [success];
}
