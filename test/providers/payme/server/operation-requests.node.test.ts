import { describe, expect, it } from 'vitest';
import { DocumentedPayme, payment, startProcess } from './documented-payme.js';
import { operationRequests, type DocumentedRequest } from './operation-requests.js';

async function run({ state, run: name, amount }: DocumentedRequest): Promise<DocumentedPayme> {
  const upstream = new DocumentedPayme({ state });
  // Each bearer names the scope that it was issued for.
  const fetch: typeof upstream.fetch = async (url, init) => {
    if (!url.endsWith('/token')) return upstream.fetch(url, init);
    const { scope } = JSON.parse(init.body as string) as { scope: string };
    return Response.json({ success: true, access_token: scope.replaceAll(/[ :]/g, '.'), expires_in: 8600 });
  };
  const pay = startProcess({ fetch } as DocumentedPayme);
  if (name === 'query') await pay.query(payment);
  if (name === 'cancel') await pay.cancel({ payment });
  if (name === 'refund') await pay.refund({ payment, key: 'r-1', ...(amount !== undefined && { amount }) });
  return upstream;
}

describe('the requests of the operations', () => {
  it.each(operationRequests.map((one) => [one.title, one] as const))('send %s field by field', async (_, documented) => {
    const { calls } = await run(documented);
    const found = calls.find(({ method, url }) => `${method} ${url}`.startsWith(documented.request));
    expect(found).toMatchObject({ url: documented.url, body: documented.body });
    const headers: Readonly<Record<string, string>> = found!.headers;
    expect(headers).toMatchObject({
      'ALG-API-VERSION': '1709847567',
      Authorization: `Bearer ${documented.scope.replaceAll(/[ :]/g, '.')}`,
    });
    // Pay-me documents it for every call. The query of the outcome has always worked without it.
    expect(headers['Content-Type'] ?? 'application/json').toBe('application/json');
  });
});
