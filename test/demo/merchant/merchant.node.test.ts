import { beforeEach, describe, expect, it } from 'vitest';
import { readAmount } from '../../../demo/merchant/read-amount.js';
import { izipayCards, paymeCards } from '../../../src/testing.js';
import { buttonsOf, formOf, noticeOf, openShop } from './shop.js';

let shop: ReturnType<typeof openShop>;
beforeEach(() => {
  shop = openShop();
});

describe("the merchant's page", () => {
  it('says that there are no payments yet', async () => {
    expect(await shop.enter().read()).toContain('There are no payments yet.');
  });

  it('shows a payment with its details', async () => {
    const visitor = shop.enter();
    const number = await visitor.pay('payme', paymeCards.approved);
    const page = await visitor.read();
    for (const text of [`Order ${number}`, 'Paid', 'PEN', '132.40', 'Pay-me', 'CARD', '1111']) expect(page).toContain(text);
  });

  it.each([
    ['es-PE', 'Pagado', 'Pagos'],
    ['en', 'Paid', 'Payments'],
    ['pt-BR', 'Pago', 'Pagamentos'],
  ])('is written in %s', async (language, outcome, title) => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.approved);
    const page = await visitor.read(language);
    expect(page).not.toMatch(/\[\[|\]\]|\{\{|\}\}/);
    for (const text of [`<html lang="${language}">`, `<h1>${title}</h1>`, outcome]) expect(page).toContain(text);
  });

  it('lists a form without an outcome apart', async () => {
    const visitor = shop.enter();
    await visitor.look('payme');
    await visitor.look('izipay');
    expect(await visitor.read()).toContain('Forms without an outcome (2)');
  });

  it('shows a visitor no payment of another one', async () => {
    const [owner, other] = [shop.enter(), shop.enter()];
    await owner.pay('payme', paymeCards.approved);
    expect(await other.read()).toContain('There are no payments yet.');
    const form = formOf(await owner.read(), 'settle');
    expect((await other.submit(form)).status).toBe(404);
    expect((await owner.submit({ ...form, payment: '0' })).status).toBe(404);
  });

  it('rejects a form of another origin, and one that is too long', async () => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.approved);
    const form = formOf(await visitor.read(), 'settle');
    expect((await visitor.submit(form, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await visitor.submit(form, {})).status).toBe(403);
    expect((await visitor.submit({ ...form, key: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await visitor.request('/merchant/', { method: 'PUT' })).status).toBe(404);
  });

  it('checks a pending payment, and shows what the provider says', async () => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.declinedLater);
    expect(buttonsOf(await visitor.read())).toContain('settle');
    expect(noticeOf(await visitor.press('settle'))).toBe('Check: Pending');
  });

  it('shows a notice once', async () => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.approved);
    expect(noticeOf(await visitor.press('settle'))).toBe('Check: Paid');
    expect(noticeOf(await visitor.read())).toBeUndefined();
  });

  it('offers what the outcome allows', async () => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.approved);
    expect(buttonsOf(await visitor.read())).toEqual(['refund', 'cancel', 'settle']);
    const page = await visitor.press('cancel');
    expect(noticeOf(page)).toBe('Cancellation: Reversed');
    expect(buttonsOf(page)).toEqual(['settle']);
  });

  it('says what to do instead of an action that the provider lacks', async () => {
    const visitor = shop.enter();
    await visitor.pay('izipay', izipayCards.approved);
    const page = await visitor.read();
    expect(buttonsOf(page)).not.toContain('refund');
    expect(page).toContain('<p class="advice" lang="en">');
  });

  it('offers nothing to do with a declined payment but a check', async () => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.declined);
    expect(buttonsOf(await visitor.read())).toEqual(['settle']);
  });
});

describe("a refund on the merchant's page", () => {
  /** Pays with Pay-me, which refunds a payment once it has settled it. */
  async function paySettled() {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.approved);
    expect(noticeOf(await visitor.play('settle'))).toBe('Stand-in: Done at the provider.');
    return visitor;
  }

  it('returns a part, and then the rest', async () => {
    const visitor = await paySettled();
    const first = await visitor.press('refund', { amount: '10,5' });
    expect(noticeOf(first)).toBe('Refund PEN 10.50: requested');
    expect(first).toContain('left: PEN\u00a0121.90');
    expect(buttonsOf(first)).toEqual(['refund', 'settle']);
    expect(noticeOf(await visitor.press('refund'))).toBe('Refund PEN 121.90: requested');
    await visitor.play('endRefunds');
    const page = await visitor.press('settle');
    expect(noticeOf(page)).toBe('Check: Refunded');
    expect(buttonsOf(page)).toEqual(['settle']);
  });

  it('is made once if its form is sent twice', async () => {
    const visitor = await paySettled();
    const form = { ...formOf(await visitor.read(), 'refund'), amount: '10' };
    await Promise.all([visitor.submit(form), visitor.submit(form)]);
    expect(await visitor.read()).toContain('left: PEN\u00a0122.40');
  });

  it('keeps its key when the endpoints restart', async () => {
    const visitor = await paySettled();
    const form = { ...formOf(await visitor.read(), 'refund'), amount: '10' };
    await visitor.submit(form);
    shop.setFault('payme', 'endpoint-500');
    shop.setFault('payme', undefined);
    await visitor.submit(form);
    expect(await visitor.read()).toContain('left: PEN\u00a0122.40');
  });

  it('keeps its key in the form after the provider failed, until it has an end', async () => {
    const visitor = await paySettled();
    const { faults } = shop.standIns.payme;
    const { key } = formOf(await visitor.read(), 'refund');
    faults.charges = 500;
    const failed = formOf(await visitor.read(), 'refund');
    const { key: sent } = failed;
    await visitor.submit({ ...failed, amount: '10' });
    expect(sent).not.toBe(key);
    const page = await visitor.read();
    expect(noticeOf(page)).toMatch(/^Refund\. The provider did not do it, or did not respond\. Send the same form again/);
    delete faults.charges;
    expect(formOf(page, 'refund')).toMatchObject({ key: sent, amount: '10.00' });
    expect(formOf(await visitor.read(), 'refund')).toMatchObject({ key: sent, amount: '10.00' });
    expect(formOf(page, 'cancel').key).not.toBe(sent);
    expect(noticeOf(await visitor.press('refund'))).toBe('Refund PEN 10.00: requested');
    expect(formOf(await visitor.read(), 'refund').key).not.toBe(sent);
  });

  it('keeps the key of a failed one when it is sent with another amount', async () => {
    const visitor = await paySettled();
    const { faults } = shop.standIns.payme;
    faults.refund = 'lost';
    const form = formOf(await visitor.read(), 'refund');
    const sent = { ...form, amount: '10' };
    await visitor.submit(sent);
    faults.charges = 500;
    await visitor.submit(sent);
    delete faults.charges;
    expect(noticeOf(await visitor.press('refund', { amount: '20' }))).toMatch(/another amount/);
    expect(formOf(await visitor.read(), 'refund').key).toBe(form.key);
  });

  it.each([
    ['more than is left', '999', /^Refund\. The amount is more than what is left of the payment\. pay\.refund\(\): /],
    ['an empty amount', '', /^Refund\. Enter an amount such as 12\.50\.$/],
  ])('explains in a sentence why it was refused: %s', async (_, amount, expected) => {
    const visitor = await paySettled();
    expect(noticeOf(await visitor.press('refund', { amount }))).toMatch(expected);
  });

  it('explains what the state of the payment does not allow', async () => {
    const visitor = shop.enter();
    await visitor.pay('payme', paymeCards.approved);
    expect(noticeOf(await visitor.press('refund'))).toMatch(/^Refund\. The state of the payment does not allow it now\. /);
  });

  it('shows one that was made in the panel once the shop checks', async () => {
    const visitor = await paySettled();
    await visitor.play('refund');
    expect(await visitor.press('settle')).toContain('from the provider&#39;s panel');
  });
});

describe('an amount that the merchant types', () => {
  it.each([
    ['12.5', 1250],
    [' 12,50 ', 1250],
    ['0.01', 1],
    ['9999999', 999_999_900],
    ['', undefined],
    ['x', undefined],
    ['-1', undefined],
    ['0', undefined],
    ['1.234', undefined],
    ['99999999', undefined],
  ])('is read in minor units: "%s" is %s', (text, expected) => expect(readAmount(text)).toBe(expected));
});

describe("a hold on the merchant's page", () => {
  async function hold() {
    const visitor = shop.enter();
    await visitor.pay('izipay', izipayCards.approved, { capture: 'later' });
    return visitor;
  }

  it('is captured', async () => {
    const visitor = await hold();
    expect(buttonsOf(await visitor.read())).toEqual(['capture', 'cancel', 'settle']);
    const page = await visitor.press('capture');
    expect(noticeOf(page)).toBe('Capture: Paid');
    expect(page).toContain('data-outcome="paid"');
  });

  it('is released', async () => {
    const page = await (await hold()).press('cancel');
    expect(page).toContain('data-outcome="reversed"');
    expect(buttonsOf(page)).toEqual(['settle']);
  });
});
