import { Problem } from './problem.js';

/** The body of a request, byte for byte: signatures cover it. */
export interface ReceivedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the bytes were rebuilt from a parsed body, so that they may differ from the ones that were sent and signed. */
  readonly isRebuilt?: boolean;
}

/** The parts of Node's request that count here. A framework adds `body` and `rawBody`. */
interface IncomingRequest {
  readonly readableDidRead?: unknown;
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

/**
 * Recovers a body that a body parser has read before the endpoint, such as `express.json()`. Returns `undefined` if the body is unread.
 *
 * @param bindings the second argument of `@hono/node-server`, whose `incoming` is Node's request
 * @param isForm whether the body is a form rather than JSON
 * @throws {Problem} `body-read` if nothing is left of the body
 */
export function recoverBody({ bodyUsed }: Request, bindings: unknown, isForm: boolean): ReceivedBody | undefined {
  const { incoming } = Object(bindings) as { readonly incoming?: IncomingRequest };
  const { readableDidRead, rawBody, body } = Object(incoming) as IncomingRequest;
  if (readableDidRead !== true && !bodyUsed) return undefined;
  const raw = [rawBody, body].find((one) => one instanceof Uint8Array);
  if (raw) return { bytes: new Uint8Array(raw) };
  const text = typeof body === 'string' ? body : serialize(body, isForm);
  if (text === undefined) throw createBodyReadProblem();
  return { bytes: new TextEncoder().encode(text), isRebuilt: true };
}

function serialize(body: unknown, isForm: boolean): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  return isForm ? String(new URLSearchParams(Object.entries(body))) : JSON.stringify(body);
}

/** @param effect what the endpoint cannot do without the body */
export function createBodyReadProblem(effect = 'The endpoint received no body'): Problem {
  const cause = 'because other code, such as express.json() or request.json(), has read it before';
  return new Problem('body-read', `${effect}, ${cause}. Route the endpoint before any body parser, and pass the unread request.`);
}
