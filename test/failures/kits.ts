import { izipay } from '../../src/providers/izipay/browser/adapter.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { payroc } from '../../src/providers/payroc/browser/adapter.js';
import { hosts as izipayHosts } from '../../src/providers/izipay/hosts.js';
import { hosts as paymeHosts } from '../../src/providers/payme/hosts.js';
import { hosts as payrocHosts } from '../../src/providers/payroc/hosts.js';
import type { Provider } from '../../src/providers/provider.js';
import {
  createFlexLibrary,
  createPayrocLibrary,
  izipayCards,
  paymeCards,
  payrocCards,
  payWithCard,
  payWithHostedFields,
  type IzipayConstructor,
  type StandIns,
} from '../../src/testing.js';
import { evaluate } from '../../src/testing/izipay/evaluate.js';
import type { PageFetch } from '../../src/testing/page-fetch.js';
import type { LibraryFaults } from '../../src/testing/providers.js';
import { slowness } from './library-faults.js';
import { busyUntilTold } from './page-policy.js';
import type { ByProvider } from './terms.js';

/** What goes wrong in one cell's library and behind it. */
export interface Workings {
  readonly standIns: StandIns;
  readonly faults: LibraryFaults;
  /** The real network, where the policy forbids it the provider's real host. */
  isBlocked: boolean;
}

/** One provider, as far as its script and its shopper are concerned. */
interface Kit {
  readonly provider: Provider;
  /** That a policy may forbid. */
  readonly host: string;
  /** Does what evaluating the script does. */
  evaluate(workings: Workings, url: string): unknown;
  /** By the name of the fault. */
  readonly faults: Readonly<Record<string, (workings: Workings) => void>>;
  /** The next token is refused when it is redeemed. */
  spend(workings: Workings): void;
  pay(element: Element): void;
  /** Makes the report one of the page's own making. */
  forge(result: Report): void;
  /** What its listeners hear that the real library never takes away either. */
  readonly keeps?: readonly string[];
}

export interface Report {
  singleUseToken?: string;
  raw: Record<string, unknown>;
}

const network = window.fetch;

function fetchOf(workings: Workings): PageFetch {
  return (input, init) => {
    if (!workings.isBlocked) return workings.standIns.fetch(input, init);
    busyUntilTold();
    return network(input, init);
  };
}

const isBlocked = (workings: Workings) => void (workings.isBlocked = true);

export const kits: ByProvider<Kit> = {
  payme: {
    provider: payme,
    host: paymeHosts.sandbox.auth,
    evaluate: (workings) => createFlexLibrary({ fetch: fetchOf(workings), faults: workings.faults.payme }),
    faults: {
      'constructor throws': ({ faults }) => (faults.payme.constructorThrows = true),
      'init throws': ({ faults }) => (faults.payme.initThrows = true),
      'never ready': ({ faults }) => (faults.payme.neverReady = true),
      'error at once': ({ standIns }) => (standIns.payme.faults.deadNonces = true),
      'slow error': ({ standIns }) => (standIns.payme.faults.session = 'hang'),
      'blocked by CSP': isBlocked,
    },
    spend: ({ standIns }) => (standIns.payme.faults.deadNonces = 1),
    pay: (element) => payWithCard(element, paymeCards.approved),
    forge: ({ raw }) => (raw.merchant_operation_number = '123456789'),
  },
  izipay: {
    provider: izipay,
    host: izipayHosts.sandbox.checkout,
    evaluate(workings, url) {
      evaluate(url, { fetch: fetchOf(workings), faults: workings.faults.izipay });
      const Library = Reflect.get(window, 'Izipay') as IzipayConstructor;
      return framing(Library, workings);
    },
    faults: {
      'constructor throws': ({ faults }) => (faults.izipay.constructorThrows = true),
      'init throws': ({ faults }) => (faults.izipay.initThrows = true),
      'never ready': ({ faults }) => (faults.izipay.neverReady = true),
      'error at once': ({ standIns }) => (standIns.izipay.faults.deadTokens = true),
      'slow error'({ standIns, faults }) {
        standIns.izipay.faults.deadTokens = true;
        faults.izipay.slow = slowness;
      },
      'blocked by CSP': isBlocked,
    },
    spend: ({ standIns }) => (standIns.izipay.faults.deadTokens = 1),
    pay: (element) => payWithCard(element, izipayCards.approved),
    forge: ({ raw }) => (raw.signature = btoa('forged')),
    keeps: ['message', 'resize'],
  },
  payroc: {
    provider: payroc,
    host: payrocHosts.sandbox.gateway,
    evaluate: (workings) => createPayrocLibrary({ fetch: fetchOf(workings), faults: workings.faults.payroc }).hostedFields,
    faults: {
      'constructor throws': ({ faults }) => (faults.payroc.constructorThrows = true),
      'init throws': ({ faults }) => (faults.payroc.initThrows = true),
      'never ready': ({ faults }) => (faults.payroc.neverReady = true),
      'error at once': ({ standIns }) => (standIns.payroc.faults.deadSessions = true),
      'slow error': ({ standIns }) => (standIns.payroc.faults.configuration = 500),
      'blocked by CSP': isBlocked,
    },
    spend: ({ standIns }) => (standIns.payroc.faults.deadSessions = 1),
    pay: (element) => payWithHostedFields(element, payrocCards.approved),
    forge: (result) => (result.singleUseToken = '0'.repeat(128)),
  },
};

/** The frame of the stand-in is a blank one; that of the real library is a page of its host, which is what a policy forbids. */
function framing(Library: IzipayConstructor, workings: Workings): IzipayConstructor {
  return class extends Library {
    constructor(options: { config: object }) {
      super(options);
      const { LoadForm } = this;
      this.LoadForm = (given) => {
        const loading = LoadForm(given);
        const frame = document.querySelector<HTMLIFrameElement>('iframe#izipay-checkout-web');
        if (workings.isBlocked && frame) {
          busyUntilTold();
          Object.assign(frame, { loading: 'eager', src: `${izipayHosts.sandbox.checkout}/payments/` });
        }
        return loading;
      };
    }
  };
}
