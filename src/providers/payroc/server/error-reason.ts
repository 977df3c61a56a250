import * as z from 'zod/mini';
import type { ProblemKind } from '../../../server/problem.js';
import type { ErrorReason } from '../../../server/upstream.js';
import { errorAnswer } from '../contract.js';

/** The problem for each error, by the end of its `type` (documentation, "Errors"). For other errors, the HTTP status decides. */
const kindsBySlug: Readonly<Record<string, ProblemKind>> = {
  'bad-request': 'upstream-request',
  'idempotency-key-missing': 'upstream-request',
  'capabilities-missing': 'upstream-scope',
  'card-type-not-supported': 'upstream-request',
  'not-authorized': 'upstream-credentials',
  forbidden: 'upstream-scope',
  'not-found': 'upstream-absent',
  'not-acceptable': 'upstream-request',
  // Documented for another body under the same key. By its name, it may also mean that an earlier try is still in progress.
  'idempotency-key-in-use': 'upstream-conflict',
  'cannot-be-modified': 'upstream-request',
  'unsupported-media-type': 'upstream-request',
  'api-error': 'upstream-failed',
};

/** `errors[]` has undocumented fields: `message` everywhere, `parameter` and `detail` in live responses. */
const details = z.lazy(() => z.object({ errors: z.array(z.object({ message: z.optional(z.string()), detail: z.optional(z.string()) })) }));

/** Reads the reason from Payroc's RFC 7807 error. Of its text, only an outdated library version is passed on. */
export function readErrorReason(body: unknown): ErrorReason | undefined {
  const error = errorAnswer.safeParse(body);
  const slug = error.success ? error.data.type.replace(/^.*#/, '') : '';
  const kind = Object.hasOwn(kindsBySlug, slug) ? kindsBySlug[slug] : undefined;
  if (!kind) return undefined;
  return { kind, code: isOldVersion(body) ? 'libVersion-not-accepted' : slug };
}

/** Whether the error contains the text that the library itself looks for (*read in 1.7.0*). No error body for it is published. */
function isOldVersion(body: unknown): boolean {
  const { data } = details.safeParse(body);
  return data?.errors.some(({ message = '', detail = '' }) => /invalid libversion/i.test(`${message} ${detail}`)) ?? false;
}
