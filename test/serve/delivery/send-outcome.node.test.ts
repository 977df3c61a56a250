import { describe, expect, it } from 'vitest';
import { createBackendCaller } from '../../../src/serve/backend/call-backend.js';
import { createOutcomeCall } from '../../../src/serve/delivery/outcome-call.js';
import { createOutcomeSender } from '../../../src/serve/delivery/send-outcome.js';
import { backendSecret, serveHttp } from '../support.js';

const order = { reference: 'A-1001', amount: 1050, currency: 'PEN' };
const payment = { provider: 'payroc', environment: 'sandbox', order: 'A-1001', id: 'P-1' } as const;
const outcome = { outcome: 'paid', payment, details: order, order, provider: 'payroc', environment: 'sandbox' } as const;

async function send(respond: () => Response) {
  const url = await serveHttp(respond);
  return createOutcomeSender(`${url}/outcome`, createBackendCaller([backendSecret]))(createOutcomeCall(outcome, new Date()));
}

describe('an `outcome` call', () => {
  it.each([
    ['204', () => new Response(null, { status: 204 })],
    ['a word', () => new Response('ok')],
  ])('is delivered when the shop answers %s', async (_, respond) => expect(await send(respond)).toEqual({}));

  it('returns the sentence for the shopper', async () => {
    expect(await send(() => Response.json({ shopperMessage: 'Gracias.' }))).toEqual({ shopperMessage: 'Gracias.' });
  });

  it.each([
    ['a maintenance page', '<!doctype html><title>Volvemos pronto</title>'],
    ["PHP's error message", '<br />\n<b>Fatal error</b>: Uncaught Exception'],
  ])('is not delivered when the shop answers 200 with %s', async (_, body) => {
    await expect(send(() => new Response(body))).rejects.toThrow(/returned an HTML page with 200\. .* Check PAY_OUTCOME_URL/);
  });

  it('is not delivered when the shop answers 500', async () => {
    await expect(send(() => new Response(null, { status: 500 }))).rejects.toThrow('returned 500');
  });
});
