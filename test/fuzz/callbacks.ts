import fc from 'fast-check';
import type { ProviderName } from '../../src/testing/providers.js';
import { anything } from './payloads.js';
import { fuzzOf } from './provider-fuzz.js';
import { token } from './secret.js';
import { mutations, withoutTokenIn } from './values.js';

/** A callback of the library, and when it calls it. */
export interface Call {
  readonly at: Moment;
  readonly name: string;
  readonly payload: unknown;
}

const moments = ['while it opens the form', 'when the form is open', 'after the removal'] as const;
export type Moment = (typeof moments)[number];

/** Our own texts and the providers' references to a payment stand in states; no token is there. */
const references = ['transaction_id', 'transactionId', 'uniqueId', 'uuid'];

/** A sequence of calls, and what the backend answers when it is asked what came of the payment. */
export interface Play {
  readonly calls: readonly Call[];
  readonly outcome?: string;
}

export function playsOf(provider: ProviderName): fc.Arbitrary<Play> {
  const outcome = fc.constantFrom(undefined, undefined, 'paid', 'authorized', 'pending', 'declined', `none ${token}`);
  return fc.record({ calls: callsOf(provider), outcome });
}

/** Whether the design demands a success after this call. */
export function isSuccess(provider: ProviderName, { name, payload }: Call): boolean {
  return fuzzOf(provider).isSuccess(name, Object(payload) as Record<string, unknown>);
}

/** Calls of the library's callbacks, in any order. */
function callsOf(provider: ProviderName): fc.Arbitrary<Call[]> {
  const { payloads, special } = fuzzOf(provider);
  const calls = Object.entries(payloads).map(([name, goods]) => {
    const like = goods.map((good) => mutations(good, special).map((one) => withoutTokenIn(references, one)));
    const payload = fc.oneof({ weight: 3, arbitrary: fc.oneof(...like) }, { weight: 1, arbitrary: anything });
    return fc.record({ at: fc.constantFrom(...moments), name: fc.constant(name), payload });
  });
  return fc.array(fc.oneof(...calls), { minLength: 1, maxLength: 6 });
}
