import { Promise, setTimeout } from '../../../shared/natives.js';

/** Milliseconds that a call gets. The promises of a library that was interrupted may stay pending for ever (*measured in the 2022 build*). */
const callLimit = 4_000;

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` when all earlier work of the page has ended. Calls that overlap can stop the library until the page is loaded again
 * (*measured in the 2022 build*).
 */
export function takeTurn(work: () => Promise<void>): Promise<void> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => {});
  return turn;
}

/** Waits for a call of the library, for 4 s at most. Rejects only if the call does. @returns whether the call has ended */
export function limitCall(call: PromiseLike<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), callLimit)));
  return Promise.race([call.then(() => true), timeout]).finally(() => clearTimeout(timer));
}
