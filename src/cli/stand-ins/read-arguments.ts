import { parseFlags } from '../parse-flags.js';
import { UsageError } from '../usage-error.js';

export const defaultPort = 4010;

const flags = { port: { type: 'string', default: String(defaultPort) } } as const;

/** @throws {UsageError} for an unknown option or a bad value */
export function readArguments(args: readonly string[]): { readonly port: number } {
  const { values, positionals } = parseFlags(args, flags);
  if (positionals.length > 0) throw new UsageError('Expected `pay-checkout stand-ins [--port <number>]`.');
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new UsageError('--port should be a number from 0 to 65535; 0 selects a free port.');
  return { port };
}
