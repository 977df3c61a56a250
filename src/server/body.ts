import { Problem } from './problem.js';

/**
 * Reads a JSON body.
 *
 * @param limit bytes
 * @throws {Problem} `media-type`, `too-large`, `request`
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('Content-Type') ?? '')) {
    throw new Problem('media-type', 'Content-Type should be application/json.');
  }
  // Invalid UTF-8 would decode to other text, and could name another order.
  return decodeJson(await readBytes(request, limit), { fatal: true });
}

/** @throws {Problem} `request` */
export function decodeJson(bytes: Uint8Array, options?: TextDecoderOptions): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', options).decode(bytes));
  } catch {
    throw new Problem('request', 'The body should be JSON.');
  }
}

/**
 * Reads a body.
 *
 * @param limit bytes
 * @throws {Problem} `too-large`
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const createTooLarge = () => new Problem('too-large', `The body should have at most ${limit} bytes.`);
  const { headers } = request;
  const declared = headers.get('Content-Length');
  if (Number(declared) > limit) throw createTooLarge();
  // HTTP servers stop reading at Content-Length, so the body may be read in one piece, which costs half as much.
  if (declared && !headers.has('Transfer-Encoding')) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength > limit) throw createTooLarge();
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A body without a declared length is counted while it arrives.
  for await (const chunk of readChunks(request)) {
    size += chunk.byteLength;
    if (size > limit) throw createTooLarge();
    chunks.push(chunk);
  }
  return joinChunks(chunks, size);
}

function joinChunks(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

async function* readChunks(request: Request): AsyncGenerator<Uint8Array> {
  // In Firefox, where component tests run the endpoints, a request has no `body`, not even null.
  if ((request.body as unknown) === undefined) yield new Uint8Array(await request.arrayBuffer());
  // Not every runtime has async iteration of streams.
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
