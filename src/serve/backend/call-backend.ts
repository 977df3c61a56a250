import { redactUrl } from '../../shared/endpoint-url.js';
import { BackendError } from './backend-error.js';
import { signatureHeader, signCall } from './sign-call.js';

/** A call to the shop's backend. */
export interface BackendCall {
  readonly name: 'order' | 'outcome';
  readonly url: string;
  /** The request's JSON. */
  readonly body: object;
  readonly headers?: HeadersInit;
  readonly signal?: AbortSignal;
}

export interface BackendResponse {
  readonly status: number;
  /** The response's JSON. `undefined` if it has none. */
  readonly json: unknown;
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
    const body = JSON.stringify(call.body);
    const headers = new Headers(call.headers);
    headers.set('Content-Type', 'application/json');
    headers.set('Accept', 'application/json');
    headers.set(signatureHeader, signCall(body, secrets));
    const limit = AbortSignal.timeout(timeout);
    const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
    try {
      // A redirect to a login page is an answer to report, not one to follow.
      const response = await fetch(call.url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      return { status: response.status, json: await readJson(response) };
    } catch (error) {
      throw new BackendError(describeFailure(call, limit.aborted), { cause: error });
    }
  };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads the body up to the limit. A larger one is cut off, and is therefore no JSON. */
async function readText({ body }: Response): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxResponse) break;
  }
  return text;
}

function describeFailure({ name, url }: BackendCall, isTimeout: boolean): string {
  const what = isTimeout ? `did not respond within ${timeout / 1000} s` : 'could not be reached';
  return `The shop's \`${name}\` call to ${redactUrl(url)} ${what}. Check that the shop's backend is running at this address.`;
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
