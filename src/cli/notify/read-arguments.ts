import { builtInNames, folderOf, isBuiltIn, type BuiltInFolder } from '../../providers/built-in.js';
import { parseFlags } from '../parse-flags.js';
import { isLoopbackUrl } from '../stand-ins/loopback.js';
import { defaultPort } from '../stand-ins/read-arguments.js';
import { UsageError } from '../usage-error.js';

export interface NotifyOptions {
  /** The stand-in that sends it. */
  readonly provider: BuiltInFolder;
  readonly payment?: string;
  readonly to?: string;
  /** The address of `pay-checkout stand-ins`. */
  readonly standIns: string;
}

const flags = {
  to: { type: 'string' },
  'stand-ins': { type: 'string', default: `http://127.0.0.1:${defaultPort}` },
} as const;

/** @throws {UsageError} for an unknown option or a bad value */
export function readArguments(args: readonly string[]): NotifyOptions {
  const { values, positionals } = parseFlags(args, flags);
  const [provider, payment, ...more] = positionals;
  if (provider === undefined || more.length > 0) throw new UsageError('Expected `pay-checkout notify <provider> [<payment id>]`.');
  if (!isBuiltIn(provider)) throw new UsageError(`<provider> should be one of ${builtInNames.join(', ')}.`);
  if (values.to !== undefined) requireLoopback('--to', values.to);
  requireLoopback('--stand-ins', values['stand-ins']);
  return { provider: folderOf(provider), payment, to: values.to, standIns: values['stand-ins'] };
}

function requireLoopback(name: string, value: string): void {
  if (isLoopbackUrl(value)) return;
  throw new UsageError(`${name} should be the URL of a server on this machine, such as http://127.0.0.1:8080.`);
}
