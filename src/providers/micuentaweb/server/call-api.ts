import * as z from 'zod/mini';
import type { Schema } from '../../../shared/schema.js';
import { check } from '../../../server/check.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { apiHosts, apiPath } from '../contract.js';
import type { Account } from './account.js';
import { createErrorProblem, readErrorReason } from './error-codes.js';

/** The operations of Lyra's REST API V4 that this package calls. */
export type ApiOperation = 'Charge/CreatePayment' | 'Order/Get' | 'Transaction/Get' | 'Transaction/CancelOrRefund' | 'Transaction/Validate';

/** One call of Lyra's API. */
export interface ApiCall<Body, Answer> extends Pick<UpstreamCall<Answer>, 'money' | 'timeout'> {
  readonly operation: ApiOperation;
  readonly bodySchema: Schema<Body>;
  readonly body: unknown;
  /** Validates `answer` of the envelope after a success. */
  readonly answerSchema: Schema<Answer>;
}

/** The envelope of every answer (documentation, "Web service usage"). */
const envelope = z.lazy(() => z.object({ status: z.enum(['SUCCESS', 'ERROR']), answer: z.record(z.string(), z.unknown()) }));

/** Returns the call's name in messages. */
export function nameCall(operation: ApiOperation): string {
  return `Lyra POST V4/${operation}`;
}

/**
 * Calls Lyra's API (documentation, "Web service usage") with the newest password. Lyra reports errors with status 200, so `status` of the
 * envelope decides.
 *
 * @throws {Problem} `upstream-…`, whose `reason` is Lyra's code. `hasNoEffect` tells that Lyra refused the call before it did anything
 */
export async function callApi<Body, Answer>(
  account: Account,
  { send }: Pick<ProviderContext, 'send'>,
  { operation, bodySchema, body, answerSchema, ...options }: ApiCall<Body, Answer>,
): Promise<Answer> {
  const name = nameCall(operation);
  const call = {
    ...{ name, method: 'POST' as const, url: `${apiHosts[account.brand]}${apiPath}${operation}` },
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', Authorization: createAuthorization(account) },
    body: check('upstream-request', bodySchema, body, name),
    ...{ responseSchema: envelope, readReason: readErrorReason, ...options },
  };
  return account.pause.run(async () => {
    const response = await send(call);
    if (response.status === 'ERROR') throw createErrorProblem(name, response);
    return check('upstream-answer', answerSchema, response.answer, `The answer to ${name}`);
  });
}

/** Both parts are ASCII, which `btoa` requires. */
function createAuthorization({ shopId, passwords: [password] }: Account): string {
  return `Basic ${btoa(`${shopId}:${password}`)}`;
}
