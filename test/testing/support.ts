import type { StandInApi } from '../../src/testing/api.js';

export type Json = Record<string, unknown>;
export type Fetch = StandInApi['fetch'];

/** A header that is `undefined` is left out. */
export function post(
  fetch: Fetch,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<Response> {
  const all = Object.entries({ 'Content-Type': 'application/json', ...headers });
  const given = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(url, { method: 'POST', headers: given, body: JSON.stringify(body) });
}

export const read = async (answer: Response | Promise<Response>): Promise<Json> => (await (await answer).json()) as Json;
