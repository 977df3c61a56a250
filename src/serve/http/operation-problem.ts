import { OperationNotSupported, OperationRefused } from '../../server/operations/operation-errors.js';
import { ProviderNotConfigured } from '../../server/provider-not-configured.js';
import { toProblem } from '../../server/problem.js';
import { ShapeError } from '../../shared/schema.js';

interface Description {
  readonly kind: string;
  readonly title: string;
  readonly status: number;
  readonly reason?: string;
}

/** Converts the error of an operation to a response with problem details (RFC 9457). */
export function toOperationResponse(error: unknown): Response {
  const described = describe(error);
  if (!described) return toProblem(error, new AbortController().signal).toResponse();
  const { kind, ...fields } = described;
  const body = { type: `urn:pay-checkout:problem:${kind}`, ...fields, detail: (error as Error).message, retryable: false };
  return new Response(JSON.stringify(body), { status: fields.status, headers: { 'Content-Type': 'application/problem+json' } });
}

function describe(error: unknown): Description | undefined {
  if (error instanceof OperationRefused)
    return { kind: 'operation-refused', title: 'The payment does not allow this now.', status: 409, reason: error.reason };
  if (error instanceof OperationNotSupported)
    return { kind: 'operation-not-supported', title: 'The provider does not support this.', status: 422 };
  if (error instanceof ShapeError || error instanceof ProviderNotConfigured)
    return { kind: 'request', title: 'The request is not valid for this operation.', status: 422 };
  return undefined;
}
