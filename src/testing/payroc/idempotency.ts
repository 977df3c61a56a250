import { unlessAborted } from '../../shared/signals.js';
import { refuseUnless } from '../http.js';
import type { Call, StoredResponse } from './account.js';

const version4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** Seven days in ms. */
const lifetime = 7 * 24 * 3600 * 1000;

type Respond = (call: Call) => Response | Promise<Response>;

/**
 * Repeats the first response for seven days when a request has the same key, URI and body (documentation, "Idempotency").
 * A request continues after its caller has aborted it. Until it ends, its key is *in use*, as the error's name says (a guess: the
 * real response is not published).
 *
 * @throws {Refusal} 400 without a key, or with a key that is not a UUID v4; 409 for a key that another request has used
 */
export function respondOnce(respond: Respond): (call: Call) => Promise<Response> {
  return async (call) => {
    const { account, request, text: body } = call;
    const key = requireKey(request);
    const [now, uri] = [account.settings.now(), request.url];
    const known = account.responses.get(key);
    if (known && now < known.until) {
      refuseUnless(known.uri === uri && known.body === body, 409, 'The Idempotency-Key was used for another request.');
      refuseUnless(known.response, 409, 'The Idempotency-Key is in use.');
      return deliver(call, known.response.clone());
    }
    const pending = { uri, body, until: now + lifetime };
    account.responses.set(key, pending);
    return deliver(call, await unlessAborted(request.signal, storeResponse(call, key, pending, respond)));
  };
}

/** @throws {TypeError} for the fault `lost`, as `fetch` does when the connection breaks */
function deliver({ fault }: Call, response: Response): Response {
  if (fault === 'lost') throw new TypeError('Failed to fetch');
  return response;
}

async function storeResponse(call: Call, key: string, pending: StoredResponse, respond: Respond): Promise<Response> {
  const { account } = call;
  try {
    const first = await respond(call);
    account.responses.set(key, { ...pending, response: first.clone() });
    return first;
  } catch (error) {
    account.responses.delete(key);
    throw error;
  }
}

function requireKey({ headers }: Request): string {
  const key = headers.get('idempotency-key');
  refuseUnless(key, 400, 'The Idempotency-Key is missing.', 'idempotency-key-missing');
  refuseUnless(version4.test(key), 400, 'The Idempotency-Key should be a UUID v4.');
  return key;
}
