import type { PayEvent } from '../../server/event-reporter.js';
import type { Logger } from './logger.js';

/** Logs an event of the endpoints: a failure and an outage as a warning, the end of either as information, each other step for debugging. */
export function logEvent(logger: Logger, { duration, ...event }: PayEvent): void {
  const line = { ...event, ms: Math.round(duration) };
  if (event.state === 'open') logger.warn(line, 'The provider is down. Pages with a fallback open their next provider.');
  else if (event.state === 'closed') logger.info(line, 'The provider works again.');
  else if (event.problem !== undefined && isServerFailure(event)) logger.warn(line, `${event.endpoint}: ${event.phase} failed`);
  else if (event.phase === 'request') logger.info(line, event.endpoint);
  else logger.debug(line, `${event.endpoint}: ${event.phase}`);
}

/** Problems with which the shop answers as it should, or that the visitor caused. */
const expected: readonly PayEvent['problem'][] = ['refused', 'invalid', 'aborted'];

/** Whether the merchant should look at it. A refused order or a client that has left is no failure of the process. */
function isServerFailure({ phase, status, problem }: Pick<PayEvent, 'phase' | 'status' | 'problem'>): boolean {
  return phase === 'request' ? status !== undefined && status >= 500 : !expected.includes(problem);
}
