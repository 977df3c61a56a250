import { expect } from 'vitest';

/** Creates the request of a provider’s notification, or of a returning browser. */
export function createCallbackRequest(
  body: BodyInit,
  { url = 'https://shop.example.com/api/pay/notification', ...headers }: Record<string, string> = {},
) {
  return new Request(url, { method: 'POST', headers, body });
}

/** Returns the target of a redirect, and checks that the response has no body. */
export async function readRedirect(answer: Promise<Response>): Promise<string | null> {
  const { status, headers, body } = await answer;
  expect([status, headers.get('Cache-Control'), body]).toEqual([303, 'no-store', null]);
  return headers.get('Location');
}
