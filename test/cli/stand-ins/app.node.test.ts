import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/cli/stand-ins/app.js';
import { createStandIns, type StandIns } from '../../../src/testing.js';
import { forEachProvider, providerNames } from '../../../src/testing/providers.js';
import { providers } from '../../../demo/providers/index.js';
import { tokenBody, tokenUrl } from '../../testing/payme/support.js';

const url = 'http://127.0.0.1:4010';
const page = { origin: 'http://localhost:8000' };

function open(standIns: StandIns = createStandIns()) {
  const app = createApp({ standIns, pageScript: '/* page */', readElement: () => Promise.resolve('/* element */') });
  return (path: string, init?: RequestInit) => app.request(`${url}${path}`, init);
}

const tokenRequest = {
  method: 'POST',
  headers: { ...page, 'content-type': 'application/json' },
  body: JSON.stringify(tokenBody),
};

describe('pay-checkout stand-ins', () => {
  it('answers for the hosts of the providers', async () => {
    const answer = await open()(tokenUrl.replace('https://', '/stand-in/'), tokenRequest);
    expect(await answer.json()).toMatchObject({ success: true, token_type: 'Bearer' });
  });

  it.each([
    ['/stand-ins.js', '/* page */'],
    ['/pay-checkout.min.js', '/* element */'],
  ])('serves %s', async (path, text) => {
    const answer = await open()(path);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/javascript;charset=utf-8', text]);
  });

  it('explains with a 500 why a file cannot be read', async () => {
    const app = createApp({ standIns: createStandIns(), pageScript: '', readElement: () => Promise.reject(new Error('It is missing.')) });
    const answer = await app.request(`${url}/pay-checkout.min.js`);
    expect([answer.status, await answer.text()]).toEqual([500, 'It is missing.\n']);
  });

  it('refuses a host name that is not of this machine', async () => {
    const app = createApp({ standIns: createStandIns(), pageScript: '', readElement: () => Promise.resolve('') });
    const answer = await app.request('http://rebound.example.com:4010/settings');
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('loopback hosts only')]);
  });
});

describe('GET /settings', () => {
  it.each(providerNames)('returns the sample account of %s, with which its server half works', async (name) => {
    const standIns = createStandIns();
    const settings = (await (await open(standIns)('/settings')).json()) as Record<string, Record<string, string>>;
    expect(settings[name]).toMatchObject(providers[name].sample);
    expect(() => providers[name].create(settings[name]!)).not.toThrow();
  });

  it("contains the public key of Pay-me's notifications", async () => {
    const standIns = createStandIns();
    const settings = (await (await open(standIns)('/settings')).json()) as { payme: { notificationKey: string } };
    expect(settings.payme.notificationKey).toBe(await standIns.payme.notificationKey());
  });

  it('returns the options with which the stand-ins were created', async () => {
    const own = { payme: { clientId: 'shop', merchantCode: '9001' } };
    const settings = (await (await open(createStandIns(own))('/settings')).json()) as object;
    expect(settings).toMatchObject(own);
    expect(Object.keys(settings)).toEqual(Object.keys(forEachProvider(() => 0)));
  });
});

describe('CORS', () => {
  it.each(['http://127.0.0.1:8000', 'http://localhost:3000', 'https://shop.localhost', 'http://[::1]:8000'])(
    'allows a page of %s',
    async (origin) => {
      const answer = await open()('/settings', { headers: { origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it.each(['https://shop.example.com', 'http://localhost.example.com', 'null'])('does not allow a page of %s', async (origin) => {
    const answer = await open()('/settings', { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers the preflight of a request with JSON and a bearer', async () => {
    const headers = { ...page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' };
    const answer = await open()('/stand-in/example.com/', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(page.origin);
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
  });
});
