import { OrderInvalid, OrderRefused } from '../../server/order-errors.js';
import type { OrderInput, OrderQuery } from '../../server/order.js';
import type { ReferenceQuery } from '../../server/notification-options.js';
import { cleanShopperMessage } from '../../server/shopper-message.js';
import { redactUrl } from '../../shared/endpoint-url.js';
import { isRecord } from '../../shared/schema.js';
import { BackendError } from './backend-error.js';
import { describeNoJson, describeStatus, type BackendCall, type BackendResponse, type CallBackend } from './call-backend.js';

interface OrderCallOptions {
  readonly url: string;
  readonly call: CallBackend;
  /** Returns the headers of the shopper's request that the shop receives. */
  readonly forwardHeaders: (request: Request) => Headers;
  /** Receives a sentence about a response that may come from the wrong address. */
  readonly warn: (message: string) => void;
}

const answers = "200 with the order, 404 for an unknown order or another visitor's, or 422 for one that cannot be paid";

/** Creates the functions that ask the shop's backend for an order. */
export function createOrderFinder({ url, call, forwardHeaders, warn }: OrderCallOptions) {
  let hasFound = false;
  const find = async (one: Omit<BackendCall, 'name' | 'url'>) => {
    const full: BackendCall = { name: 'order', url, ...one };
    const response = await call(full);
    if (response.status === 404 && (response.isPage || !hasFound)) warn(describeNotFound(full));
    hasFound ||= response.status === 200;
    return readOrder(full, response);
  };
  return {
    /** Asks on behalf of the visitor who sent the request. @throws {OrderRefused} {OrderInvalid} {BackendError} */
    order: ({ request, requestId, order, endpoint, provider, environment }: OrderQuery): Promise<OrderInput> =>
      find({
        body: { call: 'order', ...(order !== undefined && { order }), endpoint, provider, environment },
        headers: forwardHeaders(request),
        requestId,
        // The shopper has paid before an outcome is requested, so this work continues without the shopper's connection.
        ...(endpoint === 'token' && { signal: request.signal }),
      }),
    /** Asks without a visitor, for a notification, a return or a settlement. @throws {OrderRefused} {OrderInvalid} {BackendError} */
    orderByReference: ({ reference, requestId, provider, environment }: ReferenceQuery): Promise<OrderInput> =>
      find({ body: { call: 'order', reference, endpoint: 'notification', provider, environment }, requestId }),
  };
}

function readOrder(call: BackendCall, { status, json }: BackendResponse): OrderInput {
  if (status === 404) throw new OrderRefused(undefined, cleanShopperMessage(json));
  if (status === 422) throw new OrderInvalid(readMessage(json), cleanShopperMessage(json));
  if (status !== 200) throw new BackendError(describeStatus(call, status, answers), { status });
  // The endpoints validate the order, and name each field that is wrong.
  if (isRecord(json)) return json as unknown as OrderInput;
  throw new BackendError(describeNoJson(call), { status });
}

/** Frameworks answer 404 for an unknown address as well as for an unknown order. */
function describeNotFound({ url }: BackendCall): string {
  return `The shop's \`order\` call to ${redactUrl(url)} returned 404. If no order is ever found, check PAY_ORDER_URL.`;
}

function readMessage(json: unknown): string {
  const { message } = Object(json) as { message?: unknown };
  return typeof message === 'string' && message ? message.slice(0, 200) : 'The shop does not accept a payment for this order.';
}
