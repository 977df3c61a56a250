import { describe, expect, it } from 'vitest';
import { startAll } from '../support.js';

const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

/** Returns the levels of the lines about the shop's answer. */
async function logAnswer(answer: Response): Promise<unknown[]> {
  const { post, shop, log } = await startAll();
  shop.intercept = () => answer;
  await post('/api/pay/token', body);
  return log.filter(({ phase }) => phase === 'order').map(({ level }) => level);
}

describe("the log of the shop's answer", () => {
  it.each([404, 422])('has no warning for a %s, which refuses the order', async (status) => {
    expect(await logAnswer(new Response(null, { status }))).toEqual(['debug']);
  });

  it('has a warning for a 500, which is a failure of the shop', async () => {
    expect(await logAnswer(new Response(null, { status: 500 }))).toEqual(['warn']);
  });
});
