import { demand } from '../http.js';
import type { Call } from './realm.js';

const version4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** Milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;

type Answer = (call: Call) => Response | Promise<Response>;

/**
 * Answers what is asked again under the same key, to the same URI and with the same body, with its first answer; for seven days
 * (documentation, "Idempotency").
 *
 * @throws {Refusal} 400 without a key, or with one that is no UUID of version 4; 409 for a key that was used for something else
 */
export function once(answer: Answer): (call: Call) => Promise<Response> {
  return async (call) => {
    const { realm, request, text: body } = call;
    const key = keyOf(request);
    const [now, uri] = [realm.settings.now(), request.url];
    const known = realm.kept.get(key);
    if (known && now < known.until) {
      demand(known.uri === uri && known.body === body, 409, 'The Idempotency-Key was used for another request.');
      return known.answer.clone();
    }
    const first = await answer(call);
    realm.kept.set(key, { uri, body, answer: first.clone(), until: now + keptFor });
    return first;
  };
}

function keyOf({ headers }: Request): string {
  const key = headers.get('idempotency-key');
  demand(key, 400, 'The Idempotency-Key is missing.', 'idempotency-key-missing');
  demand(version4.test(key), 400, 'The Idempotency-Key should be a UUID v4.');
  return key;
}
