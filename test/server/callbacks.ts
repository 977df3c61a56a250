import { expect } from 'vitest';

/** What a provider, or a browser that comes from one, posts. */
export function createCallbackRequest(
  body: BodyInit,
  { url = 'https://shop.example.com/api/pay/notification', ...headers }: Record<string, string> = {},
) {
  return new Request(url, { method: 'POST', headers, body });
}

/** Where the browser is sent, and nothing else with it. */
export async function readRedirect(answer: Promise<Response>): Promise<string | null> {
  const { status, headers, body } = await answer;
  expect([status, headers.get('Cache-Control'), body]).toEqual([303, 'no-store', null]);
  return headers.get('Location');
}
