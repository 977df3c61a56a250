import type { EndpointResponse } from './send-request.js';
import { ok, collectFindings, warning, type Finding } from './finding.js';
import { formatHeader } from './format.js';

export interface NamedResponse {
  readonly name: string;
  readonly response: EndpointResponse;
}

interface ErrorBody {
  readonly retryable?: unknown;
  readonly shopperMessage?: unknown;
}

/** Whether the element sends the request again after this error. It reads `retryable` in problem details only. */
export function isRetried(response: EndpointResponse): boolean {
  return mayBeRetried(response) && !(isProblem(response) && readBody(response).retryable === false);
}

/**
 * Checks that the element can use what the errors say. Problem details are optional: for most errors the status is enough, as the element
 * does not retry after a 4xx.
 */
export function checkErrorBodies(responses: readonly NamedResponse[]): Finding[] {
  const errors = responses.filter(({ response }) => response.status >= 400);
  return collectFindings(
    errors.flatMap((one) => [checkRetryable(one), checkIgnored(one)]),
    ok('errors', describeErrors(errors)),
  );
}

function describeErrors(errors: readonly NamedResponse[]): string {
  if (errors.length === 0) return 'no response was an error.';
  if (errors.every(({ response }) => isProblem(response))) return 'all are application/problem+json.';
  return 'the element needs only their status; as application/problem+json, they could have a `shopperMessage`.';
}

function checkRetryable({ name, response }: NamedResponse): Finding | false {
  const { retryable } = readBody(response);
  const isWrong = mayBeRetried(response) && isProblem(response) && retryable !== undefined && typeof retryable !== 'boolean';
  return isWrong && warning('errors', `\`retryable\` of ${response.status} (${name}) should be true or false, but was neither.`);
}

/** Finds fields that the endpoint sends for the element, which does not read them in another type of body. */
function checkIgnored({ name, response }: NamedResponse): Finding | false {
  if (isProblem(response)) return false;
  const { retryable, shopperMessage } = readBody(response);
  const field = retryable === false && mayBeRetried(response) ? 'retryable' : shopperMessage !== undefined && 'shopperMessage';
  if (!field) return false;
  const place = `${response.status} (${name})`;
  return warning(
    'errors',
    `the element ignores \`${field}\` of ${place}, because it is ${formatHeader(response.type)}, not application/problem+json.`,
  );
}

function mayBeRetried({ status }: EndpointResponse): boolean {
  return status === 429 || status >= 500;
}

function isProblem({ type }: EndpointResponse): boolean {
  return type === 'application/problem+json';
}

function readBody({ json }: EndpointResponse): ErrorBody {
  return Object(json) as ErrorBody;
}
