import { beforeEach, describe, expect, it } from 'vitest';
import { hosts } from '../../src/providers/payme/contract.js';
import { createStandIns, type StandIns } from '../../src/testing.js';
import { forEachProvider } from '../../src/testing/providers.js';
import { nonce, nonceUrl, tokenBody, tokenUrl } from './payme/support.js';

let standIns: StandIns;

beforeEach(() => {
  standIns = createStandIns();
});

const at = (path: string, init?: RequestInit): Promise<Response> => standIns.handle(new Request(`http://localhost:8000${path}`, init));
const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const behind = (url: string): string => url.replace('https://', '/stand-in/');

describe('standIns.fetch', () => {
  it('sends a request to the provider of its host', async () => {
    await nonce(standIns.fetch);
    expect(standIns.payme.requests.map(({ url }) => url)).toEqual([tokenUrl, nonceUrl]);
  });

  it('rejects for any other host', async () => {
    await expect(standIns.fetch('https://example.com/')).rejects.toThrow(TypeError);
  });
});

describe('standIns.handle', () => {
  it('serves https://host/path at /stand-in/host/path', async () => {
    const answer = await at(behind(tokenUrl), json('POST', tokenBody));
    expect(await answer.json()).toMatchObject({ success: true, token_type: 'Bearer' });
  });

  it('shares its state with fetch', async () => {
    const redeemed = json('POST', {
      grant_type: 'nonce',
      nonce: await nonce(standIns.fetch),
      audience: hosts.sandbox.capture,
      scope: 'post:charges',
    });
    expect((await at(behind(tokenUrl), redeemed)).status).toBe(200);
  });

  it('answers 404 outside its path, and 502 for a host without a stand-in', async () => {
    expect((await at('/elsewhere/')).status).toBe(404);
    expect((await at('/stand-in/example.com/')).status).toBe(502);
  });

  it('can be served at another path', async () => {
    standIns = createStandIns({ path: '/_pay/' });
    expect((await at(behind(tokenUrl).replace('/stand-in/', '/_pay/'), json('POST', tokenBody))).status).toBe(200);
  });

  it('serves the style sheet of both environments', async () => {
    for (const { assets } of [hosts.sandbox, hosts.production]) {
      const answer = await at(behind(`${assets}/main-flex-payment-forms.css?try=2`));
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css;charset=utf-8']);
      expect(await answer.text()).toContain('.payment-gateway-ui');
    }
  });

  it('serves only the scripts that it was given', async () => {
    const script = behind(`${hosts.sandbox.assets}/flex-payment-forms.min.js`);
    expect((await at(script)).status).toBe(502);
    standIns = createStandIns({ scripts: { payme: () => Promise.resolve('/* built */') } });
    const answer = await at(script);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/javascript;charset=utf-8', '/* built */']);
  });

  it("serves Izipay's script in all three environments", async () => {
    standIns = createStandIns({ scripts: { izipay: () => '/* built */' } });
    for (const host of ['testcheckout.izipay.pe', 'sandbox-checkout.izipay.pe', 'checkout.izipay.pe']) {
      const answer = await at(`/stand-in/${host}/payments/v1/js/index.js?pay-checkout-try=2`);
      expect([answer.status, await answer.text()]).toEqual([200, '/* built */']);
    }
  });

  it('lets a page read and replace the faults', async () => {
    standIns.payme.faults.slow = 1;
    await at('/stand-in/faults', json('PUT', { payme: { token: [null, 503] } }));
    expect(await (await at('/stand-in/faults')).json()).toEqual({ ...forEachProvider(() => ({})), payme: { token: [null, 503] } });
    expect(standIns.payme.faults).toEqual({ token: [null, 503] });
    const statuses = [];
    for (let n = 0; n < 2; n++) statuses.push((await at(behind(tokenUrl), json('POST', tokenBody))).status);
    expect(statuses).toEqual([200, 503]);
  });
});
