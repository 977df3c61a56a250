import { Problem } from './problem.js';

/**
 * Reads a JSON body of at most `limit` bytes.
 *
 * @throws {Problem} `media-type`, `too-large`, `request`
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('Content-Type') ?? '')) {
    throw new Problem('media-type', 'Content-Type should be application/json.');
  }
  // What is no UTF-8 would be read as other text: an order must not become another one.
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
 * Reads a body of at most `limit` bytes.
 *
 * @throws {Problem} `too-large`
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new Problem('too-large', `The body should have at most ${limit} bytes.`);
  const { headers } = request;
  const announced = headers.get('Content-Length');
  if (Number(announced) > limit) throw tooLarge();
  // A server that is told a length hands over no more than that. Read in one piece, the body costs half as much.
  if (announced && !headers.has('Transfer-Encoding')) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength > limit) throw tooLarge();
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Counted while it arrives: nobody has said how much will come.
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  // Firefox has no `body`, not even null: there the endpoints answer a component test, in its page.
  if ((request.body as unknown) === undefined) yield new Uint8Array(await request.arrayBuffer());
  // Not every runtime can iterate a stream by itself.
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
