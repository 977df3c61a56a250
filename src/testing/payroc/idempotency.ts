import { unlessAborted } from '../../shared/signals.js';
import { refuseUnless } from '../http.js';
import type { Call, StoredResponse } from './account.js';

const version4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** Milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;

type Answer = (call: Call) => Response | Promise<Response>;

/**
 * Answers what is asked again under the same key, to the same URI and with the same body, with its first answer; for seven days
 * (documentation, "Idempotency"). What has begun goes on where the caller hangs up; until it has ended its key is *in use*, as
 * the error's name says (a guess: what is answered then is not published).
 *
 * @throws {Refusal} 400 without a key, or with one that is no UUID of version 4; 409 for a key that was used for something else
 */
export function once(answer: Answer): (call: Call) => Promise<Response> {
  return async (call) => {
    const { account, request, text: body } = call;
    const key = keyOf(request);
    const [now, uri] = [account.settings.now(), request.url];
    const known = account.kept.get(key);
    if (known && now < known.until) {
      refuseUnless(known.uri === uri && known.body === body, 409, 'The Idempotency-Key was used for another request.');
      refuseUnless(known.answer, 409, 'The Idempotency-Key is in use.');
      return known.answer.clone();
    }
    const kept = { uri, body, until: now + keptFor };
    account.kept.set(key, kept);
    return unlessAborted(request.signal, keep(call, key, kept, answer));
  };
}

async function keep(call: Call, key: string, kept: StoredResponse, answer: Answer): Promise<Response> {
  const { account } = call;
  try {
    const first = await answer(call);
    account.kept.set(key, { ...kept, answer: first.clone() });
    return first;
  } catch (error) {
    account.kept.delete(key);
    throw error;
  }
}

function keyOf({ headers }: Request): string {
  const key = headers.get('idempotency-key');
  refuseUnless(key, 400, 'The Idempotency-Key is missing.', 'idempotency-key-missing');
  refuseUnless(version4.test(key), 400, 'The Idempotency-Key should be a UUID v4.');
  return key;
}
