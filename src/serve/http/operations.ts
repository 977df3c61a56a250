import { createHash, timingSafeEqual } from 'node:crypto';
import type { PayOperations } from '../../server/operations/operation-types.js';
import { readJson } from '../../server/body.js';
import { Problem } from '../../server/problem.js';
import { isRecord } from '../../shared/schema.js';
import { toOperationResponse } from './operation-problem.js';

type Name = keyof PayOperations;

/** Calls each operation with the JSON of a request. The operations check it themselves. */
const calls: { readonly [One in Name]: (pay: PayOperations, body: Readonly<Record<string, never>>) => Promise<unknown> } = {
  query: (pay, { payment }) => pay.query(payment as never),
  settle: (pay, { payment }) => pay.settle(payment as never),
  cancel: (pay, body) => pay.cancel(body as never),
  refund: (pay, body) => pay.refund(body as never),
  capture: (pay, body) => pay.capture(body as never),
  charge: (pay, body) => pay.charge(body as never),
};

/** Bytes of a request, most of which is the order of a charge. */
const limit = 64 * 1024;

export interface OperationOptions {
  readonly pay: PayOperations;
  /** Each authenticates a call as `Authorization: Bearer <key>`. */
  readonly keys: readonly string[];
  /** Receives the error of an operation that failed for a reason other than the payment's state. */
  readonly onError: (error: unknown) => void;
}

/** Creates the function that serves `POST /operations/<name>`. */
export function createOperationHandler({ pay, keys, onError }: OperationOptions) {
  return async (name: string, request: Request): Promise<Response> => {
    try {
      requireKey(request, keys);
      if (!isOperation(name)) throw new Problem('absent', `There is no such operation. Expected one of ${Object.keys(calls).join(', ')}.`);
      if (request.method !== 'POST') throw new Problem('method', 'An operation takes POST requests.');
      return Response.json(await calls[name](pay, await readBody(request)), { headers: { 'Cache-Control': 'no-store' } });
    } catch (error) {
      const response = toOperationResponse(error);
      if (response.status >= 500) onError(error);
      return response;
    }
  };
}

function isOperation(name: string): name is Name {
  return Object.hasOwn(calls, name);
}

/** @throws {Problem} `unauthorized` */
function requireKey({ headers }: Request, keys: readonly string[]): void {
  const [, given = ''] = /^Bearer (.+)$/i.exec(headers.get('Authorization') ?? '') ?? [];
  // Hashes have the same length, which the comparison in constant time requires.
  const isKnown = keys.map((key) => timingSafeEqual(hash(key), hash(given))).includes(true);
  if (!isKnown) throw new Problem('unauthorized', 'Send `Authorization: Bearer <key>` with the value of PAY_OPERATIONS_KEY.');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function readBody(request: Request): Promise<Readonly<Record<string, never>>> {
  const json = await readJson(request, limit);
  if (isRecord(json)) return json as Readonly<Record<string, never>>;
  throw new Problem('request', 'The body should be a JSON object.');
}
