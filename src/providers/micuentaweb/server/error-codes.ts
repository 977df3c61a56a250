import * as z from 'zod/mini';
import { Problem, type ProblemKind } from '../../../server/problem.js';
import type { ErrorReason } from '../../../server/upstream.js';

/** The code of Lyra for a shop whose contract has no REST operations (documentation, "Error reference"). */
export const noOperationsCode = 'PSP_100';

/** The code for a transaction that Lyra does not know. That an unknown order has the same one is expected, but not documented. */
export const notFoundCode = 'PSP_010';

/** Codes with which Lyra refuses a call before it does anything (documentation, "Error reference"). */
const refusals: Readonly<Record<string, ProblemKind>> = {
  INT_905: 'upstream-credentials',
  INT_902: 'upstream-request',
  INT_903: 'upstream-request',
  INT_904: 'upstream-request',
  INT_006: 'upstream-request',
  INT_009: 'upstream-request',
  INT_015: 'upstream-request',
  PSP_001: 'upstream-scope',
  [noOperationsCode]: 'upstream-scope',
  PSP_002: 'upstream-request',
  PSP_020: 'upstream-request',
  PSP_021: 'upstream-request',
  PSP_030: 'upstream-request',
  PSP_031: 'upstream-request',
  PSP_003: 'upstream-refused',
  PSP_011: 'upstream-refused',
  PSP_012: 'upstream-refused',
  PSP_083: 'upstream-refused',
  [notFoundCode]: 'upstream-absent',
  PSP_099: 'upstream-busy',
  PSP_106: 'upstream-busy',
};

/** Codes after which the effect of a call is unknown. */
const failures: readonly string[] = ['PSP_996', 'PSP_997', 'PSP_998', 'PSP_999', 'ACQ_999', 'AUTH_149'];

const noOperationsWords = ' The contract of the shop has no REST operations: ask the brand for them.';

/** An error in an envelope, which also comes with status 401. */
const errorEnvelope = z.lazy(() => z.object({ answer: z.object({ errorCode: z.string() }) }));

/** Reads the code of an error response. Lyra's text is never passed on, because it may quote our request. */
export function readErrorReason(body: unknown): ErrorReason | undefined {
  const code = readErrorCode(body);
  return code === undefined ? undefined : { kind: findKind(code), code };
}

function readErrorCode(body: unknown): string | undefined {
  const { data } = errorEnvelope.safeParse(body);
  return data && /^[A-Z]{2,6}_\d{3}$/.test(data.answer.errorCode) ? data.answer.errorCode : undefined;
}

function findKind(code: string): ProblemKind {
  if (Object.hasOwn(refusals, code)) return refusals[code] as ProblemKind;
  return failures.includes(code) ? 'upstream-failed' : 'upstream-refused';
}

/** Creates the problem for an envelope with `status` `ERROR`. Its `reason` is Lyra's code. */
export function createErrorProblem(name: string, envelope: unknown): Problem {
  const code = readErrorCode(envelope);
  if (code === undefined) return new Problem('upstream-answer', `${name} reported an error whose code has an unknown format.`);
  const words = code === noOperationsCode ? noOperationsWords : '';
  return new Problem(findKind(code), `${name} reported the error ${code}.${words}`, {
    reason: code,
    hasNoEffect: Object.hasOwn(refusals, code),
  });
}
