import { pino, type DestinationStream, type Logger } from 'pino';
import { OrderInvalid, OrderRefused } from '../../server/order-errors.js';
import { Problem } from '../../server/problem.js';
import { BackendError } from '../backend/backend-error.js';
import type { ProcessConfig } from '../config/process-settings.js';

export type { Logger };

/** Creates the logger, which writes one JSON object per line. */
export function createLogger(level: ProcessConfig['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Errors whose messages are sentences of our own. The message of another one may quote a body, as those of JSON errors do. */
const ownErrors = [Problem, BackendError, OrderInvalid, OrderRefused];

/** Describes an error for the log: its kind and place, and its message only if that holds no secret and no body. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message } = error;
  const { code, status } = error as { code?: unknown; status?: unknown };
  const isOwn = ownErrors.some((type) => error instanceof type);
  return {
    error: name,
    ...(isOwn ? { message } : { at: listCallers(error) }),
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
  };
}

/** Lists the innermost places of the stack, without the message at its start, which may have lines that look like places. */
function listCallers({ message, stack = '' }: Error): string[] {
  const places = stack.replace(message, '').split('\n');
  return places.filter((line) => /^\s+at /.test(line)).slice(0, 5);
}
