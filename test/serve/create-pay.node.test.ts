import { describe, expect, it } from 'vitest';
import { createReturnPage } from '../../src/serve/create-pay.js';
import { startAll } from './support.js';

const payment = { order: { reference: 'A 1&2', amount: 1050, currency: 'PEN' } };

describe('the page after a return', () => {
  it('receives the reference of the order', () => {
    expect(createReturnPage('/order', payment)).toBe('/order?order=A%201%262');
    expect(createReturnPage('https://shop.example.com/?page=order', payment)).toBe('https://shop.example.com/?page=order&order=A%201%262');
  });

  it('receives nothing of a return that could not be verified', async () => {
    const { process } = await startAll({ PAY_RETURN_PAGE: '/orders' });
    for (const method of ['GET', 'POST']) {
      const response = await fetch(`${process.url}/api/pay/returns/izipay?order=forged`, { method, redirect: 'manual' });
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/orders']);
    }
  });
});
