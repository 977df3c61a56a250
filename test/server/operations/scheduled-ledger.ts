import type * as fc from 'fast-check';
import type { Ledger } from '../../../src/server.js';
import { createProcessLedger } from '../../../src/server/operations/ledger.js';

/** Creates a ledger that several processes share, and whose every answer arrives when the scheduler says so. */
export function createScheduledLedger(scheduler: fc.Scheduler): Ledger {
  const ledger = createProcessLedger();
  return {
    claim: scheduler.scheduleFunction((key: string) => Promise.resolve(ledger.claim(key))),
    read: scheduler.scheduleFunction((key: string) => Promise.resolve(ledger.read(key))),
    write: scheduler.scheduleFunction((key: string, value: string) => Promise.resolve(ledger.write(key, value))),
  };
}
