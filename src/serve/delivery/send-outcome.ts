import type { OutcomeReply } from '../../server/payment-outcome.js';
import { redactUrl } from '../../shared/endpoint-url.js';
import { BackendError } from '../backend/backend-error.js';
import { describeStatus, type BackendCall, type CallBackend } from '../backend/call-backend.js';
import type { OutcomeCall } from './outcome-call.js';

const expected = 'any 2xx once the outcome is stored';

/** Creates the function that sends an outcome call to the shop. */
export function createOutcomeSender(url: string, call: CallBackend) {
  /** @throws {BackendError} unless the shop answers 2xx, without a page */
  return async (outcome: OutcomeCall): Promise<OutcomeReply> => {
    const one: BackendCall = { name: 'outcome', url, body: outcome };
    const { status, json, isPage } = await call(one);
    // A maintenance page, a front controller and an error message of PHP answer 200 too.
    if (isPage) throw new BackendError(describePage(one, status), { status });
    if (status >= 200 && status < 300) return Object(json) as OutcomeReply;
    throw new BackendError(describeStatus(one, status, expected), { status });
  };
}

function describePage({ url }: BackendCall, status: number): string {
  const place = `The shop's \`outcome\` call to ${redactUrl(url)}`;
  return `${place} returned an HTML page with ${status}. Expected ${expected}, without a page. Check PAY_OUTCOME_URL and the shop's log.`;
}
