import type { OutcomeReply, PaymentOutcome } from '../../server/payment-outcome.js';
import { BackendError } from '../backend/backend-error.js';
import { describeStatus, type BackendCall, type CallBackend } from '../backend/call-backend.js';
import { createOutcomeCall, type OutcomeCall } from './outcome-call.js';
import type { KeptCall, OutcomeQueue } from './outcome-queue.js';
import type { UnheardOutcomes } from './unheard-outcomes.js';

/** Creates the function that sends an outcome call to the shop. */
export function createOutcomeSender(url: string, call: CallBackend) {
  /** @throws {BackendError} unless the shop answers 2xx */
  return async (outcome: OutcomeCall): Promise<OutcomeReply> => {
    const one: BackendCall = { name: 'outcome', url, body: outcome };
    const { status, json } = await call(one);
    if (status >= 200 && status < 300) return Object(json) as OutcomeReply;
    throw new BackendError(describeStatus(one, status, 'any 2xx once the outcome is stored'), { status });
  };
}

interface DeliveryOptions {
  readonly send: (call: OutcomeCall) => Promise<OutcomeReply>;
  readonly queue: OutcomeQueue;
  readonly unheard: UnheardOutcomes;
  /** Receives the error of a call that is kept and sent again. */
  readonly onDelay: (error: unknown) => void;
}

/**
 * Creates the function that passes an outcome to the shop. The call is kept before it is sent, so a process that is killed meanwhile loses
 * nothing that Redis keeps.
 */
export function createDelivery({ send, queue, unheard, onDelay }: DeliveryOptions) {
  /** @throws {BackendError} if the shop has not received the outcome, and nothing but this process keeps it */
  return async (outcome: PaymentOutcome): Promise<OutcomeReply> => {
    const call = createOutcomeCall(outcome);
    const kept = await keep(queue, call, onDelay);
    try {
      const reply = await send(call);
      await kept?.remove();
      return reply;
    } catch (error) {
      await unheard.add(call);
      if (!kept || !queue.isDurable) throw error;
      onDelay(error);
    }
  };
}

/** A queue that fails must not keep the shop from receiving the outcome directly. */
async function keep(queue: OutcomeQueue, call: OutcomeCall, onDelay: (error: unknown) => void): Promise<KeptCall | undefined> {
  try {
    return await queue.keep(call);
  } catch (error) {
    onDelay(error);
    return undefined;
  }
}
