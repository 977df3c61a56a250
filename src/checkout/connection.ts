import type { Outcome } from '../providers/provider.js';
import type { Attempt } from './attempt.js';
import type { Outcomes } from './outcomes.js';

/** All that a library's callbacks reference of the checkout. `Checkout.end()` clears it, because a library may keep its callbacks for ever. */
export interface Connection {
  outcomes?: Outcomes;
}

/** Creates the `report` of an attempt. It is made outside of the checkout, so that it references the connection and the attempt only. */
export function createReporter(connection: Connection, attempt: Attempt): (this: void, outcome: Outcome) => void {
  return (outcome) => connection.outcomes?.handle(outcome, attempt);
}
