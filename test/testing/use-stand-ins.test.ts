import { expect } from '@open-wc/testing';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { hosts } from '../../src/providers/payme/contract.js';
import type { Assets, MountContext, Outcome } from '../../src/providers/provider.js';
import { findEntry } from '../../src/providers/registry.js';
import { createStandIns, payWithCard, paymeCards, useStandIns } from '../../src/testing.js';
import type { FlexPaymentFormsConstructor, StandInsInUse } from '../../src/testing.js';
import { answerPage, runScript } from './classic-script.js';
import { until } from '../support/clock.js';
import { nonce, payload } from './payme/support.js';

const page = window as { FlexPaymentForms?: FlexPaymentFormsConstructor };

let used: StandInsInUse | undefined;
let place: HTMLElement;
let attempt: AbortController;
let outcomes: Outcome[];

beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
  attempt = new AbortController();
  outcomes = [];
});

afterEach(() => {
  attempt.abort();
  used?.restore();
  place.remove();
});

const drawn = (): boolean => place.querySelector('input') !== null;

function context(token: string, library: unknown): MountContext {
  const config = { payload: structuredClone(payload), display_settings: { methods: ['CARD'] } };
  const report = (outcome: Outcome): void => void outcomes.push(outcome);
  const { signal } = attempt;
  return {
    token,
    config,
    environment: 'sandbox',
    locale: 'es',
    container: place,
    assets: { global: 'unused' },
    onUncertain() {},
    library,
    signal,
    report,
    onTouched: () => {},
    isExpired: () => false,
    onRemoved: () => {},
    touched: new AbortController().signal,
  };
}

async function payByAdapter(token: string): Promise<void> {
  const provider = await findEntry('payme')!.adapter();
  await provider.mount(context(token, page.FlexPaymentForms));
  payWithCard(place, paymeCards.approved);
  await until(() => outcomes.length > 0, 'an outcome');
}

describe('useStandIns', () => {
  it('installs the library as its global, and removes the script and the styles from the provider', async () => {
    used = useStandIns();
    const provider = await findEntry('payme')?.adapter();
    const here: Assets = { global: 'FlexPaymentForms' };
    expect(provider?.assets).to.deep.equal({ sandbox: here, production: here });
    expect(typeof page.FlexPaymentForms).to.equal('function');
  });

  it('lets the built-in adapter open a form and complete a payment without a backend', async () => {
    used = useStandIns();
    await payByAdapter(await nonce(used.standIns!.fetch));
    expect(outcomes[0]?.status).to.equal('succeeded');
  });

  it('uses the given stand-ins', async () => {
    const standIns = createStandIns();
    used = useStandIns({ standIns });
    expect(used.standIns).to.equal(standIns);
    await payByAdapter(await nonce(standIns.fetch));
    expect(standIns.payme.requests.length).to.be.above(3);
  });

  it('installs the style sheet', () => {
    place.className = 'loading-overlay';
    used = useStandIns();
    expect(getComputedStyle(place).position).to.equal('absolute');
  });

  it('passes faults to the library, also those that are set later', () => {
    used = useStandIns({ faults: { payme: { slow: 5 } } });
    used.faults.payme.neverReady = true;
    expect(page.FlexPaymentForms?.faults).to.deep.equal({ slow: 5, neverReady: true });
  });

  it('restores the providers and the page', async () => {
    place.className = 'loading-overlay';
    useStandIns().restore();
    expect(await findEntry('payme')?.adapter()).to.equal(payme);
    expect('FlexPaymentForms' in window).to.equal(false);
    expect(getComputedStyle(place).position).to.equal('static');
  });

  it('restores the library that was there before', () => {
    const real = class {} as unknown as FlexPaymentFormsConstructor;
    page.FlexPaymentForms = real;
    useStandIns().restore();
    expect(page.FlexPaymentForms).to.equal(real);
    delete page.FlexPaymentForms;
  });
});

describe('useStandIns with a backend', () => {
  const standIns = createStandIns();
  let backend: ReturnType<typeof answerPage>;

  beforeEach(() => {
    backend = answerPage(standIns);
  });

  afterEach(() => backend.restore());

  it('makes the library send its requests to the path of `api`', async () => {
    used = useStandIns({ api: '/stand-in/' });
    await payByAdapter(await nonce(standIns.fetch));
    expect(outcomes[0]?.status).to.equal('succeeded');
    expect(backend.asked[0]).to.equal(`${location.origin}/stand-in/auth.preprod.alignet.io/token`);
    expect(used.standIns).to.equal(undefined);
  });

  it('loads the script and the styles from the path of `assets`', async () => {
    used = useStandIns({ assets: '/stand-in' });
    const provider = await findEntry('payme')?.adapter();
    expect(provider?.assets.production).to.deep.equal({
      global: 'FlexPaymentForms',
      script: { url: `${location.origin}/stand-in/flex.alignet.io/flex-payment-forms.min.js` },
      styles: [`${location.origin}/stand-in/flex.alignet.io/main-flex-payment-forms.css`],
    });
    expect('FlexPaymentForms' in window).to.equal(false);
  });

  for (const environment of ['sandbox', 'production'] as const) {
    it(`the script of ${environment} sets the global, for its own environment and path`, async () => {
      const { host } = new URL(hosts[environment].assets);
      await runScript('payme', `${location.origin}/nested/stand-in/${host}/flex-payment-forms.min.js?try=2`);
      new page.FlexPaymentForms!({ nonce: await nonce(standIns.fetch), payload: {} }).init(place);
      expect(backend.asked).to.deep.equal([`${location.origin}/nested/stand-in/${new URL(hosts[environment].auth).host}/token`]);
      delete page.FlexPaymentForms;
      await until(() => place.childNodes.length > 0 && !drawn(), 'a spinner');
    });
  }
});
