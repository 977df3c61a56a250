import { onAbort } from '../shared/signals.js';
import { Problem } from './problem.js';
import { createBodyReadProblem, recoverBody, type ReceivedBody } from './recover-body.js';

/** The `Content-Type` of a form that a browser posts. */
const formType = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/**
 * Reads a JSON body.
 *
 * @param limit bytes
 * @param bindings what an adapter for Node passes beside the request
 * @throws {Problem} `media-type`, `too-large`, `request`, `body-read`
 */
export async function readJson(request: Request, limit: number, bindings?: unknown): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('Content-Type') ?? '')) {
    throw new Problem('media-type', 'Content-Type should be application/json.');
  }
  const { bytes } = await readBody(request, limit, bindings);
  // Invalid UTF-8 would decode to other text, and could name another order.
  return decodeJson(bytes, { fatal: true });
}

/** @throws {Problem} `request` */
export function decodeJson(bytes: Uint8Array, options?: TextDecoderOptions): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', options).decode(bytes));
  } catch {
    const hint = bytes.length > 0 ? '' : ', but is empty. Check that no body parser or proxy has removed it';
    throw new Problem('request', `The body should be JSON${hint}.`);
  }
}

export function isForm({ headers }: Request): boolean {
  return formType.test(headers.get('Content-Type') ?? '');
}

/**
 * Reads the body of a request.
 *
 * @param limit bytes
 * @param bindings what an adapter for Node passes beside the request
 * @throws {Problem} `too-large`, `body-read`
 */
export async function readBody(request: Request, limit: number, bindings?: unknown): Promise<ReceivedBody> {
  const declared = request.headers.get('Content-Length');
  const body =
    Number(declared) > limit ? undefined : (recoverBody(request, bindings, isForm(request)) ?? (await readUnread(request, limit)));
  if (!body || body.bytes.length > limit) throw new Problem('too-large', `The body should have at most ${limit} bytes.`);
  return body;
}

async function readUnread(request: Request, limit: number): Promise<ReceivedBody | undefined> {
  const read = request.headers.has('Content-Length') && isReadByServer(request) ? readInOnePiece : readUpTo;
  try {
    const bytes = await read(limit, request);
    return bytes && { bytes };
  } catch (error) {
    // Without its bindings, `@hono/node-server` reports a body that was read before in this way only.
    throw error instanceof TypeError && /unusable/i.test(error.message) ? createBodyReadProblem() : error;
  }
}

/**
 * Whether a server reads the body itself, as `@hono/node-server` does. HTTP servers end a body at `Content-Length`, so it may be read in one
 * piece, which is cheaper. Any other request may have a longer body: the merchant's own code may have decompressed it.
 */
function isReadByServer(request: Request): boolean {
  return request instanceof Request && request.arrayBuffer !== Request.prototype.arrayBuffer && !request.headers.has('Transfer-Encoding');
}

async function readInOnePiece(limit: number, message: Request | Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(await message.arrayBuffer());
  return bytes.byteLength > limit ? undefined : bytes;
}

/**
 * Reads a body, and counts its bytes while they arrive. Returns `undefined` for a body of more than `limit` bytes, and cancels the rest,
 * which frees the connection.
 *
 * @param signal stops reading when it aborts
 */
export async function readUpTo(
  limit: number,
  message: Request | Response,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // In Firefox, where component tests run the endpoints, a request has no `body`, not even null.
  if ((message.body as unknown) === undefined) return readInOnePiece(limit, message);
  // Not every runtime has async iteration of streams.
  const reader = message.body?.getReader();
  if (!reader) return new Uint8Array();
  const stop = () => void reader.cancel().catch(() => {});
  if (signal) onAbort(signal, stop);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return joinChunks(chunks, size);
    // Texts in a stream of the merchant's own code could not be counted.
    if (!ArrayBuffer.isView(value)) throw new TypeError('The body should be a stream of bytes, but contains other values.');
    size += value.byteLength;
    if (size > limit) break;
    chunks.push(value);
  }
  stop();
  return undefined;
}

function joinChunks(chunks: readonly Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const [first, ...others] = chunks;
  if (first && others.length === 0) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
