import { expect, it } from 'vitest';
import { micuentawebCards } from '../../src/testing.js';
import { startAll } from './support.js';

const brand = { MICUENTAWEB_BRAND: 'payzen', PAY_PUBLIC_URL: 'https://shop.example.com' };
const body = { provider: 'payzen', environment: 'sandbox', order: 'A-1001' };

it('takes a payment of a brand of micuentaweb under the name of the brand', async () => {
  const { post, standIns, shop } = await startAll(brand);
  const token = await post('/api/pay/token', body);
  expect(token.status).toBe(200);
  const result = await standIns.pay({ provider: 'payzen', answer: await token.json(), card: micuentawebCards.approved });
  const outcome = await post('/api/pay/outcome', { ...body, attempt: 1, result });
  expect(await outcome.json()).toEqual({ outcome: 'paid' });
  expect(shop.outcomes()).toEqual([expect.objectContaining({ call: 'outcome', outcome: 'paid', provider: 'payzen' })]);
});

it('serves a brand under no other name', async () => {
  const { post } = await startAll(brand);
  const answer = await post('/api/pay/token', { ...body, provider: 'micuentaweb' });
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([422, expect.stringContaining('payzen')]);
});

it('receives the notifications of a brand under the name of the brand', async () => {
  const { post, standIns, shop, process } = await startAll(brand);
  const token = (await (await post('/api/pay/token', body)).json()) as object;
  await standIns.pay({ provider: 'payzen', answer: token, card: micuentawebCards.approved });
  const notification = await standIns.micuentaweb.notification('A-1001');
  const { pathname } = new URL(notification.url);
  expect(pathname).toBe('/api/pay/notifications/payzen');
  expect((await fetch(process.url + pathname, { method: 'POST', headers: notification.headers, body: await notification.text() })).ok).toBe(
    true,
  );
  await expect.poll(() => shop.outcomes()).toMatchObject([{ outcome: 'paid', provider: 'payzen' }]);
});
