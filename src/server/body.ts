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
  const text = await readText(request, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('request', 'The body should be JSON.');
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = () => new Problem('too-large', `The body should have at most ${limit} bytes.`);
  if (Number(request.headers.get('Content-Length')) > limit) throw tooLarge();
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  // Counted while it arrives: Content-Length is the client's own word, and need not be there.
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
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
