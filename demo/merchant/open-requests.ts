import type { Action } from './actions.js';
import type { ActionRequest, Notice } from './run-action.js';

type Repeatable = Pick<ActionRequest, 'key' | 'amount'>;

/** By action: the requests whose end is unknown. */
export type OpenRequests = Readonly<Partial<Record<Action, Repeatable>>>;

/** By the number of the payment. */
const requests = new Map<string, OpenRequests>();

/** Returns the requests for a payment that its forms repeat. */
export function findOpenRequests(number: string): OpenRequests {
  return requests.get(number) ?? {};
}

/**
 * Keeps a request that failed, because it may have moved money nevertheless. Its form then has the same key again, so that the merchant can
 * repeat it without a second refund. The form keeps that key until the request has an end.
 */
export function keepOpenRequest(number: string, { action, key, amount }: ActionRequest, notice: Notice): void {
  const error = 'error' in notice ? notice.error : undefined;
  // The refusal of another amount does not say how the failed request ended.
  if (error === 'key') return;
  const { [action]: _ended, ...others } = findOpenRequests(number);
  const open = error === 'failed' ? { [action]: { key, ...(amount !== undefined && { amount }) } } : {};
  requests.set(number, { ...others, ...open });
}
