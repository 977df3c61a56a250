import { toStandInUrl } from './path.js';

/** Sends the requests of a stand-in's library. */
export type PageFetch = (input: string, init: RequestInit) => Promise<Response>;

/** Creates a `fetch` that sends requests for a provider to a backend that serves the stand-ins under `base`. */
export function createPageFetch(base: string): PageFetch {
  // eslint-disable-next-line no-restricted-globals -- imitates the provider's library, which sends requests itself
  return (input, init) => fetch(toStandInUrl(base, input), init);
}

/** @throws {Error} for a response that is not 2xx with JSON */
export async function postJson<T>(fetch: PageFetch, url: string, body: unknown, more: Readonly<Record<string, string>> = {}): Promise<T> {
  const headers = { 'Content-Type': 'application/json', ...more };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The stand-in of ${url} answered ${answer.status}.`);
  return (await answer.json()) as T;
}
