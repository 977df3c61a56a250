/** The command line has a mistake. The message names the argument, what was expected and what was found. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
