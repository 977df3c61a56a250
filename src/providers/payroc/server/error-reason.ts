import * as z from 'zod/mini';
import type { ProblemKind } from '../../../server/problem.js';
import type { ErrorReason } from '../../../server/upstream.js';
import { errorAnswer } from '../contract.js';

/** The end of an error's `type` (documentation, "Errors"), and what it means for us. One that is not listed goes by its HTTP status. */
const kindsBySlug: Readonly<Record<string, ProblemKind>> = {
  'bad-request': 'upstream-request',
  'idempotency-key-missing': 'upstream-request',
  'capabilities-missing': 'upstream-scope',
  'card-type-not-supported': 'upstream-request',
  'not-authorized': 'upstream-credentials',
  forbidden: 'upstream-scope',
  'not-found': 'upstream-absent',
  'not-acceptable': 'upstream-request',
  // Another body under the same key, as documented; or, as its name says, a try of ours that is still at work.
  'idempotency-key-in-use': 'upstream-conflict',
  'cannot-be-modified': 'upstream-request',
  'unsupported-media-type': 'upstream-request',
  'api-error': 'upstream-failed',
};

/** `errors[]` has more in it than its own description says: `message` everywhere, `parameter` and `detail` in the live answers. */
const details = z.lazy(() => z.object({ errors: z.array(z.object({ message: z.optional(z.string()), detail: z.optional(z.string()) })) }));

/** Reads an RFC 7807 error of Payroc's. Of its prose nothing goes on but that a library version is out of date. */
export function readErrorReason(body: unknown): ErrorReason | undefined {
  const error = errorAnswer.safeParse(body);
  const slug = error.success ? error.data.type.replace(/^.*#/, '') : '';
  const kind = Object.hasOwn(kindsBySlug, slug) ? kindsBySlug[slug] : undefined;
  if (!kind) return undefined;
  return { kind, code: isOldVersion(body) ? 'libVersion-not-accepted' : slug };
}

/** The text that the library itself looks for (*read in 1.7.0*); no error body for it is published. */
function isOldVersion(body: unknown): boolean {
  const { data } = details.safeParse(body);
  return data?.errors.some(({ message = '', detail = '' }) => /invalid libversion/i.test(`${message} ${detail}`)) ?? false;
}
