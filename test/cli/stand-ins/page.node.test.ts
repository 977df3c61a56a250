import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/cli/stand-ins/app.js';
import { createStandIns, type StandIns } from '../../../src/testing.js';
import { providerNames } from '../../../src/testing/providers.js';
import { notifying, silent, openShop, type Shop } from './support.js';

const origin = 'http://127.0.0.1:4010';

let standIns: StandIns;
let request: (path: string, init?: RequestInit) => Promise<Response>;
const shops: Shop[] = [];

beforeEach(() => {
  standIns = createStandIns();
  const app = createApp({ standIns, pageScript: '', readElement: () => Promise.resolve('') });
  request = async (path, init) => app.request(`${origin}${path}`, init);
});

afterEach(() => shops.splice(0).forEach((shop) => shop.close()));

async function open(name: Parameters<typeof openShop>[1]): Promise<Shop> {
  const shop = await openShop(standIns, name);
  shops.push(shop);
  return shop;
}

const readPage = async () => (await request('/')).text();

function press(fields: Record<string, string>, headers: Record<string, string> = { origin }): Promise<Response> {
  return request('/payments', { method: 'POST', headers, body: new URLSearchParams(fields) });
}

/** Presses a button of the newest payment, and returns the notice that the page then shows once. */
async function pressAndRead(provider: (typeof providerNames)[number], action: string, more: Record<string, string> = {}) {
  const [payment] = standIns[provider].payments();
  const answer = await press({ provider, payment: payment!.id, action, ...more });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/#notice']);
  const [, attributes, text = ''] = /<p id="notice" ([^>]*)>([^<]*)</.exec(await readPage()) ?? [];
  expect(await readPage()).not.toContain('id="notice"');
  return { text: text.trim(), role: /role="(\w+)"/.exec(attributes ?? '')?.[1] };
}

describe('the page of payments', () => {
  it('says how to make the first payment if there is none', async () => {
    const text = await readPage();
    expect(text).toContain('There are no payments yet');
    expect(text).toContain(`&lt;script src=&quot;${origin}/stand-ins.js&quot;&gt;`);
    expect(text).toContain(`PAY_STAND_INS=${origin} npx pay-checkout serve`);
  });

  it('forbids scripts, frames and forms of other sites', async () => {
    const policy = (await request('/')).headers.get('content-security-policy');
    for (const part of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
  });

  it('serves its style sheet', async () => {
    expect((await request('/page.css')).headers.get('content-type')).toBe('text/css;charset=utf-8');
  });

  it.each(providerNames)('lists a payment of %s with its amount and state', async (name) => {
    await (await open(name)).pay('A-1001');
    const { id, order, state } = standIns[name].payments()[0]!;
    const text = await readPage();
    for (const part of [`Order ${order}<`, `<code>${id}</code>`, `>${state}</p>`, '10.50']) expect(text).toContain(part);
  });

  it('lists the newest payment first, whichever its provider', async () => {
    for (const name of providerNames) await (await open(name)).pay(`A-${name}`);
    const times = [...(await readPage()).matchAll(/datetime="([^"]+)"/g)].map(([, time]) => time);
    expect(times.length).toBe(providerNames.length);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('escapes what a page sends', async () => {
    await (await open('payme')).pay('<script>alert(1)</script>');
    expect(await readPage()).not.toContain('<script>');
  });

  it.each(silent)('says what to do instead for %s, which sends no notifications', async (name) => {
    await (await open(name)).pay('A-1001');
    const text = await readPage();
    expect(text).toContain(`${standIns[name].title} sends no notifications.`);
    expect(text).toContain('<code>pay.settle</code>');
    expect(text).not.toContain('value="notify"');
  });
});

describe('the buttons of the page', () => {
  it.each(notifying)('sends the notification of %s to the address of the form', async (name) => {
    const shop = await open(name);
    await shop.pay('A-1001');
    const [, address = ''] = /name="to"\s+value="([^"]+)"/.exec(await readPage()) ?? [];
    expect(address).toContain(shop.notificationUrl);
    expect(await pressAndRead(name, 'notify', { to: address })).toEqual({
      text: expect.stringContaining('answered 200.') as string,
      role: 'status',
    });
    expect(shop.told.map(({ outcome }) => outcome)).toEqual(['paid']);
  });

  it('refuses an address that is not on this machine', async () => {
    await (await open('payme')).pay('A-1001');
    const notice = await pressAndRead('payme', 'notify', { to: 'https://shop.example.com/' });
    expect(notice).toEqual({ text: expect.stringContaining('of this machine only') as string, role: 'alert' });
  });

  it.each(providerNames)('settles, refunds and disputes a payment of %s', async (name) => {
    await (await open(name)).pay('A-1001');
    for (const action of ['settle', 'refund', 'dispute']) {
      expect(await pressAndRead(name, action)).toEqual({ text: expect.stringMatching(/^Done at /) as string, role: 'status' });
    }
    expect(standIns[name].payments()[0]!.refunded).toBe(1050);
    expect(await readPage()).toContain('<dt>Refunded</dt>');
  });

  it('says that the state of the payment does not allow a button', async () => {
    await (await open('payme')).pay('A-1001');
    const notice = await pressAndRead('payme', 'refund');
    expect(notice).toEqual({ text: 'The state of the payment at Pay-me does not allow it.', role: 'alert' });
  });

  it('refuses a form of another site, and of another port', async () => {
    await (await open('payme')).pay('A-1001');
    const payment = standIns.payme.payments()[0]!.id;
    for (const other of ['https://shop.example.com', 'http://127.0.0.1:8000']) {
      const answer = await press({ provider: 'payme', payment, action: 'settle' }, { origin: other });
      expect(answer.status).toBe(403);
    }
    expect(standIns.payme.payments()[0]!.state).toBe('AUTORIZADO');
  });

  it.each([
    { provider: 'paypal', payment: '1', action: 'settle' },
    { provider: 'payme', payment: '1', action: 'toString' },
    { provider: 'payme', action: 'settle' },
  ] as Record<string, string>[])('answers 422 to a form that the page does not have: %j', async (fields) => {
    expect((await press(fields)).status).toBe(422);
  });
});
