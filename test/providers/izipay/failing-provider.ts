import { hosts } from '../../../src/providers/izipay/hosts.js';
import { izipayCards, payWithCard, type IzipayConstructor } from '../../../src/testing.js';
import { evaluate } from '../../../src/testing/izipay/evaluate.js';
import { fetchOf, type FailingProvider, type FaultySetup } from '../../failures/failing-provider.js';
import { busyUntilTold } from '../../failures/page-policy.js';
import { slowness } from './failures.js';

export const failingProvider: FailingProvider = {
  host: hosts.sandbox.checkout,
  evaluate(setup, url) {
    evaluate(url, { fetch: fetchOf(setup), faults: setup.faults.izipay });
    return withBlockedFrame(Reflect.get(window, 'Izipay') as IzipayConstructor, setup);
  },
  globals: ['Izipay', 'iziCheckout'],
  throwAtFirstCall: ({ faults }) => void (faults.izipay.constructorThrows = true),
  throwOnOpening: ({ faults }) => void (faults.izipay.initThrows = true),
  failAtOnce: ({ standIns }) => (standIns.izipay.faults.deadTokens = true),
  failSlowly({ standIns, faults }) {
    standIns.izipay.faults.deadTokens = true;
    faults.izipay.slow = slowness;
  },
  spendToken: ({ standIns }) => (standIns.izipay.faults.deadTokens = 1),
  pay: (element) => payWithCard(element, izipayCards.approved),
  forge: ({ raw }) => (raw.signature = btoa('forged')),
};

/** A policy blocks the frame of the real library, which is a page of its host. The frame of the stand-in is blank, so it gets that URL here. */
function withBlockedFrame(Library: IzipayConstructor, setup: FaultySetup): IzipayConstructor {
  return class extends Library {
    constructor(options: { config: object }) {
      super(options);
      const { LoadForm } = this;
      this.LoadForm = (given) => {
        const loading = LoadForm(given);
        const frame = document.querySelector<HTMLIFrameElement>('iframe#izipay-checkout-web');
        if (setup.isBlocked && frame) {
          busyUntilTold();
          Object.assign(frame, { loading: 'eager', src: `${hosts.sandbox.checkout}/payments/` });
        }
        return loading;
      };
    }
  };
}
