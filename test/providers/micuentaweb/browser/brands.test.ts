import '../../../failures/page-policy.js';
import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { RequestFunction } from '../../../../src/endpoint/send-request.js';
import type { PayCheckout } from '../../../../src/index.js';
import type { Brand } from '../../../../src/providers/micuentaweb/hosts.js';
import { createPayEndpoints, micuentaweb, type PayEndpoints } from '../../../../src/server.js';
import { createStandIns, micuentawebCards, payWithCard, useStandIns, type StandInsInUse } from '../../../../src/testing.js';
import { sampleAccount } from '../../../../src/testing/micuentaweb/sample-account.js';
import { fakeClock, until } from '../../../support/clock.js';
import { comesTo, create } from '../../../support/element.js';
import { order } from '../../../support/shop.js';

/** The host of each brand's script, as in Lyra's own table. */
const hosts: Readonly<Record<Brand, string>> = {
  micuentaweb: 'static.micuentaweb.pe',
  payzen: 'static.payzen.eu',
  'payzen-latam': 'static.payzen.lat',
  'payzen-brasil': 'static.payzen.lat',
  'payzen-india': 'static.payzen.co.in',
  lyra: 'static.lyra.com',
  'lyra-india': 'static.in.lyra.com',
  systempay: 'static.systempay.fr',
  scellius: 'static.scelliuspaiement.labanquepostale.fr',
  sogecommerce: 'static-sogecommerce.societegenerale.eu',
  'clic-and-pay': 'static-clicandpay.groupecdn.fr',
  'cobro-inmediato': 'static.cobroinmediato.tech',
  payty: 'static.payty.com',
  osb: 'static.osb.pf',
};
const brands = Object.keys(hosts) as Brand[];

let clock: SinonFakeTimers;
let element: PayCheckout;
beforeEach(() => {
  clock = fakeClock();
});
afterEach(() => {
  element.remove();
  clock.restore();
});

function begin(provider: Brand, requestToken: RequestFunction): PayCheckout {
  element = create({ provider, order: 'A-1001', outcomeEndpoint: '/outcome', requestToken });
  document.body.append(element);
  return element;
}

describe('the script of a brand', () => {
  for (const brand of brands) {
    it(`loads from ${hosts[brand]} while the token request of ${brand} is in flight`, async () => {
      let requests = 0;
      const blocked: string[] = [];
      // The page's policy blocks the script, so that no request leaves the machine.
      const note = ({ blockedURI }: SecurityPolicyViolationEvent) => blocked.push(blockedURI);
      document.addEventListener('securitypolicyviolation', note);
      begin(brand, () => {
        requests++;
        return new Promise(() => {});
      });
      await until(() => blocked.length > 0, 'the script');
      document.removeEventListener('securitypolicyviolation', note);
      const { host, pathname } = new URL(blocked[0]!);
      expect([host, pathname]).to.deep.equal([hosts[brand], '/static/js/krypton-client/V4.0/stable/kr-payment-form.min.js']);
      expect(requests).to.equal(1);
    });
  }
});

describe('a brand with the stand-in', () => {
  const { fetch } = window;
  let inUse: StandInsInUse;
  let standIns: ReturnType<typeof createStandIns>;
  beforeEach(() => {
    standIns = createStandIns();
    inUse = useStandIns({ standIns });
  });
  afterEach(() => {
    inUse.restore();
    window.fetch = fetch;
  });

  function openBrandShop(brand: Brand): PayEndpoints {
    const providers = { [brand]: micuentaweb({ ...sampleAccount, brand }) };
    return createPayEndpoints({ environment: 'sandbox', providers, order: () => order, fetch: standIns.fetch });
  }

  for (const brand of brands) {
    it(`opens the form and pays with ${brand}`, async () => {
      const shop = openBrandShop(brand);
      window.fetch = (input, init) => shop.outcome(new Request(input, init));
      await comesTo(
        begin(brand, (request) => shop.token(request)),
        'ready',
      );
      payWithCard(element, micuentawebCards.approved);
      expect(await comesTo(element, 'succeeded')).to.deep.include({ confirmed: true, outcome: 'paid' });
      expect(element.state).to.have.nested.property('result.provider', brand);
    });
  }

  for (const [named, answered] of [
    ['payzen', 'micuentaweb'],
    ['micuentaweb', 'payzen'],
    ['payzen-latam', 'payzen-brasil'],
  ] as const) {
    it(`refuses a token of ${answered} for ${named}`, async () => {
      const shop = openBrandShop(named);
      const requestToken: RequestFunction = async (request) => ({
        ...((await (await shop.token(request)).json()) as { token: string }),
        provider: answered,
      });
      const state = await comesTo(begin(named, requestToken), 'failed');
      expect(state).to.have.nested.property('error.code', 'token');
      expect(state).to.have.nested.property('error.reason', 'mismatch');
    });
  }

  it('pays without a page, and the outcome endpoint confirms the payment', async () => {
    element = create({ provider: 'payzen' });
    const shop = openBrandShop('payzen');
    const post = (body: object) =>
      new Request('/pay', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    const named = { provider: 'payzen', environment: 'sandbox', order: 'A-1001' } as const;
    const answer: unknown = await (await shop.token(post(named))).json();
    const result = await standIns.pay({ provider: 'payzen', answer, card: micuentawebCards.approved });
    expect(result.provider).to.equal('payzen');
    const outcome: unknown = await (await shop.outcome(post({ ...named, attempt: 1, result }))).json();
    expect(outcome).to.deep.equal({ outcome: 'paid' });
  });
});
