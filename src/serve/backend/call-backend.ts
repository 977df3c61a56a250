import { redactUrl } from '../../shared/endpoint-url.js';
import { runWithTimeout } from '../../shared/signals.js';
import { readUpTo } from '../../server/body.js';
import { readErrorCode } from '../../server/upstream.js';
import { traceBackendCall } from '../monitoring/tracing.js';
import { BackendError } from './backend-error.js';
import { signatureHeader, signCall } from './sign-call.js';

/** A call to the shop's backend. */
export interface BackendCall {
  readonly name: 'order' | 'outcome';
  readonly url: string;
  /** The request's JSON. */
  readonly body: object;
  readonly headers?: Headers;
  /** The id of the request that needs the call, for the log of the shop. */
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

export interface BackendResponse {
  readonly status: number;
  /** The response's JSON. `undefined` if it has none. */
  readonly json: unknown;
  /** Whether the body was an HTML page, which is the answer of something else than the shop's code for this call. */
  readonly isPage: boolean;
}

/** Sends a signed call. @throws {BackendError} if no response arrives */
export type CallBackend = (call: BackendCall) => Promise<BackendResponse>;

/** Milliseconds for a call, which leaves the provider time within the 12 s of a request. */
const timeout = 5_000;
/** Bytes. */
const maxResponse = 256 * 1024;

/** Creates the function that calls the shop's backend. */
export function createBackendCaller(secrets: readonly string[]): CallBackend {
  return async (call) => {
    const { signal = new AbortController().signal } = call;
    const createTimeout = () => new BackendError(describeFailure(call, `did not respond within ${timeout / 1000} s`));
    try {
      return await runWithTimeout(timeout, signal, createTimeout, (limit) => send(call, secrets, limit));
    } catch (error) {
      if (error instanceof BackendError || signal.aborted) throw error;
      const code = readErrorCode(error);
      throw new BackendError(describeFailure(call, `could not be reached${code ? ` (${code})` : ''}`), { cause: error });
    }
  };
}

function send(call: BackendCall, secrets: readonly string[], signal: AbortSignal): Promise<BackendResponse> {
  const { name, url, requestId } = call;
  const body = JSON.stringify(call.body);
  const headers = new Headers(call.headers);
  headers.set('Content-Type', 'application/json');
  headers.set('Accept', 'application/json');
  headers.set(signatureHeader, signCall(body, secrets));
  if (requestId !== undefined) headers.set('X-Request-Id', requestId);
  return traceBackendCall(name, headers, async () => {
    // A redirect, as to a login page, is reported instead of followed.
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return { status: response.status, ...(await readBody(response, signal)) };
  });
}

/** The JSON is `undefined` for a body that is too long, breaks off or is no JSON. The status alone may already be the answer. */
async function readBody(response: Response, signal: AbortSignal): Promise<Omit<BackendResponse, 'status'>> {
  try {
    const text = new TextDecoder().decode(await readUpTo(maxResponse, response, signal));
    return { json: parseJson(text), isPage: /^\s*<(!doctype|html|head|body|br|b)\b/i.test(text) };
  } catch {
    return { json: undefined, isPage: false };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function describeFailure({ name, url }: BackendCall, failure: string): string {
  return `The shop's \`${name}\` call to ${redactUrl(url)} ${failure}. Check that the shop's backend is running at this address.`;
}

/** Describes a response with the right status and the wrong body. */
export function describeNoJson({ name, url }: BackendCall): string {
  const size = `${maxResponse / 1024} KiB`;
  return `The response of the shop's \`${name}\` call to ${redactUrl(url)} should be a JSON object of at most ${size}, but was something else.`;
}

/** Describes a status that the call does not have. */
export function describeStatus({ name, url }: BackendCall, status: number, expected: string): string {
  const place = `The shop's \`${name}\` call to ${redactUrl(url)}`;
  return `${place} returned ${status}. Expected ${expected}. ${adviceFor(status)}`;
}

function adviceFor(status: number): string {
  if (status >= 300 && status < 400) return 'Let the address answer without a login and without a redirect.';
  if (status === 401) return 'Check that the shop verifies the signature with the same secret, and that both clocks agree.';
  if (status === 403 || status === 419) return 'Exempt the address from CSRF protection: the signature protects it.';
  if (status === 404 || status === 405) return 'Check the address in the configuration.';
  return "Read the log of the shop's backend.";
}
