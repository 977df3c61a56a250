import { toStandInUrl } from './path.js';

/** What a stand-in's library makes its requests with. */
export type PageFetch = (input: string, init: RequestInit) => Promise<Response>;

/** Leads to a backend that has the stand-ins under `base`. */
export function createPageFetch(base: string): PageFetch {
  // eslint-disable-next-line no-restricted-globals -- stands in for the provider's library, which makes requests of its own
  return (input, init) => fetch(toStandInUrl(base, input), init);
}

/** @throws {Error} for whatever is not a 2xx with JSON */
export async function postJson<T>(fetch: PageFetch, url: string, body: unknown, more: Readonly<Record<string, string>> = {}): Promise<T> {
  const headers = { 'Content-Type': 'application/json', ...more };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The stand-in of ${url} answered ${answer.status}.`);
  return (await answer.json()) as T;
}
