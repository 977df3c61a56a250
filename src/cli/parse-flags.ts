import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage-error.js';

/** Reads the options and the other arguments of a command. @throws {UsageError} */
export function parseFlags<Flags extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's first sentence names the option. Its other sentences are advice that does not apply here.
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}
