import { postJson, type JsonResponse, type Post } from '../../src/endpoint/post-json.js';
import { answer, endpoint, secret } from '../support/endpoint.js';

/** What the endpoint does at one try. */
export type Reply = () => Response | object | Promise<Response | object>;

export const networkError: Reply = () => Promise.reject(new TypeError(`Failed to fetch ${secret}`));
export const noResponse: Reply = () => new Promise<Response>(() => {});
export const respond = (code: number, headers: Record<string, string> = {}, body: unknown = secret) =>
  (() => answer(body, { status: code, headers })) as Reply;
export const success: Reply = () => answer({ token: secret });

/** Responds with a body that starts, and then never ends or breaks off. */
export function brokenBody(how: 'hangs' | 'breaks'): Reply {
  return () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(`{"token": "${secret}"`));
          if (how === 'breaks') controller.error(new Error(secret));
        },
      }),
    );
}

/** An endpoint that replies as the test says, and records its requests. */
export class ScriptedEndpoint {
  readonly requests: Request[] = [];
  /** Milliseconds at which the requests arrived. */
  readonly times: number[] = [];
  readonly tries: number[] = [];
  readonly controller = new AbortController();
  readonly #startedAt = Date.now();
  readonly #replies: Reply[];

  /** @param replies one for each try; the last one repeats */
  constructor(...replies: Reply[]) {
    this.#replies = replies;
  }

  post(overrides: Partial<Post> = {}): Promise<JsonResponse> {
    return postJson({
      to: 'token',
      endpoint,
      body: { provider: 'payme', environment: 'sandbox', order: 'A-1' },
      credentials: 'same-origin',
      signal: this.controller.signal,
      send: (url, init) => this.#send(new Request(url, init)),
      onTry: (n) => this.tries.push(n),
      ...overrides,
    });
  }

  /** Milliseconds since this endpoint was created. */
  get elapsed(): number {
    return Date.now() - this.#startedAt;
  }

  #send(request: Request): Promise<Response | object> {
    this.requests.push(request);
    this.times.push(this.elapsed);
    const reply = this.#replies[Math.min(this.requests.length, this.#replies.length) - 1];
    return Promise.resolve(reply!());
  }
}
