import { OperationNotSupported, OperationRefused, Problem, type PaymentStatus, type RefundState } from '../../src/server.js';
import type { Pay } from '../pay.js';
import { recordRefunds, type ShopPayment } from '../payments.js';
import type { Action } from './actions.js';
import type { Control } from './stand-in-controls.js';

export interface ActionRequest {
  readonly action: Action;
  /** Minor units. */
  readonly amount?: number;
  /** From a hidden field of the form, so that a form that is sent twice is one refund. */
  readonly key: string;
}

/** What became of an action, for the merchant. */
export type Notice = DoneNotice | ErrorNotice | ControlNotice;

export interface DoneNotice {
  readonly action: Action;
  /** The state of the refund, or what the provider says about the payment. */
  readonly result: RefundState | PaymentStatus['outcome'];
  readonly amount?: number;
}

export interface ErrorNotice {
  readonly action: Action;
  /** The key of the sentence that explains the error in the page's language. */
  readonly error: OperationRefused['reason'] | 'unsupported' | 'failed' | 'input';
  /** The error's own sentence, which says what to do. */
  readonly message?: string;
}

/** What became of a control of the stand-in. */
export interface ControlNotice {
  readonly control: Control;
  readonly isDone: boolean;
}

/** Performs an action on a payment. Its outcome reaches the shop as every other one does, by `onOutcome`. */
export async function runAction(pay: Pay, found: ShopPayment, request: ActionRequest): Promise<DoneNotice | ErrorNotice> {
  const { action } = request;
  try {
    const done = await perform(pay, found, request);
    if (action !== 'settle') await refresh(pay, found);
    return done;
  } catch (error) {
    return { action, ...describeError(error) };
  }
}

/** What was done stays done if the provider does not answer now: the merchant can check the payment later. */
async function refresh(pay: Pay, { payment }: ShopPayment): Promise<void> {
  try {
    await pay.settle(payment);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

async function perform(pay: Pay, { payment }: ShopPayment, { action, amount, key }: ActionRequest): Promise<DoneNotice> {
  const move = { payment, key, ...(amount !== undefined && { amount }) };
  switch (action) {
    case 'settle':
      return { action, result: (await pay.settle(payment)).outcome };
    case 'cancel':
      return { action, result: (await pay.cancel({ payment })).outcome };
    case 'capture':
      return { action, result: (await pay.capture(move)).outcome };
    case 'refund': {
      const { payment: current, refunds } = await pay.refund(move);
      recordRefunds(current, refunds);
      const refund = refunds.find((one) => one.key === key);
      return { action, result: refund?.state ?? 'asked', ...(refund && { amount: refund.amount }) };
    }
  }
}

/** @throws every error that is a defect of the shop */
function describeError(error: unknown): Omit<ErrorNotice, 'action'> {
  if (error instanceof OperationNotSupported) return { error: 'unsupported', message: error.message };
  if (error instanceof OperationRefused) return { error: error.reason, message: error.message };
  if (error instanceof Problem) return { error: 'failed', message: error.message };
  throw error;
}
