import type { OutcomeReply, PaymentOutcome } from '../../server/payment-outcome.js';
import { createOutcomeCall, type OutcomeCall } from './outcome-call.js';
import type { KeptCall, OutcomeQueue } from './outcome-queue.js';
import type { UndeliveredOutcomes } from './undelivered-outcomes.js';

interface DeliveryOptions {
  readonly send: (call: OutcomeCall) => Promise<OutcomeReply>;
  readonly queue: OutcomeQueue;
  readonly undelivered: UndeliveredOutcomes;
  /** Receives the error of a call that the shop has not received, and whether this process or another one sends it again. */
  readonly onDelay: (error: unknown, call: OutcomeCall, isSentAgain: boolean) => void;
  /** Receives the error of a queue that cannot keep a call. */
  readonly onQueueError: (error: unknown) => void;
}

/**
 * Creates the function that passes an outcome to the shop. The call is kept before it is sent, so a process that is killed meanwhile loses
 * nothing that Redis keeps.
 */
export function createDelivery({ send, queue, undelivered, onDelay, onQueueError }: DeliveryOptions) {
  /**
   * @param decidedAt when the provider was asked
   * @throws {BackendError} if the shop has not received the outcome, and nothing but this process keeps it
   */
  return async (outcome: PaymentOutcome, decidedAt: Date): Promise<OutcomeReply> => {
    const call = createOutcomeCall(outcome, decidedAt);
    const [kept] = await Promise.all([keep(queue, call, onQueueError), undelivered.add(call)]);
    try {
      const reply = await send(call);
      await kept?.remove();
      return reply;
    } catch (error) {
      onDelay(error, call, kept !== undefined);
      if (!kept || !queue.isDurable) throw error;
    }
  };
}

/** A queue that fails must not prevent the direct call. */
async function keep(queue: OutcomeQueue, call: OutcomeCall, onQueueError: (error: unknown) => void): Promise<KeptCall | undefined> {
  try {
    return await queue.keep(call);
  } catch (error) {
    onQueueError(error);
    return undefined;
  }
}
