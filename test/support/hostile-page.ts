import type { PayCheckout } from '../../src/index.js';
import type * as Adapter from '../../src/providers/payme/browser/adapter.js';
import type * as Index from '../../src/index.js';
import { until } from './clock.js';

export interface HostilePageOptions {
  /** Code of the page that runs before our script. */
  readonly before?: string;
  /** Code of the page that runs after our script. */
  readonly after?: string;
  /** What the outcome endpoint answers. Default: paid. */
  readonly outcome?: string;
}

/** A page of its own, in a frame, with an element whose form is open. */
export interface HostilePage {
  readonly element: PayCheckout;
  readonly window: Window & typeof globalThis;
  /** The names of the element's events so far. */
  readonly events: readonly string[];
  /** The body of the request to the outcome endpoint, parsed. */
  readonly outcomeRequest: unknown;
  /** Makes Pay-me's library report a payment. */
  pay(): void;
  close(): void;
}

/** What Pay-me's library reports. The list shows what a library has done to `JSON`. */
export const report = { transaction: { state: 'AUTORIZADO', transaction_id: 't-1' }, lists: [[1, 2], { a: [3] }] };

/** The body that the outcome endpoint should receive. */
export const reported = {
  provider: 'payme',
  environment: 'sandbox',
  order: 'A-1001',
  attempt: 1,
  result: { provider: 'payme', reference: 't-1', raw: report },
};

/** Pay-me's own answer, with the config that the form needs. */
const nonceAnswer = {
  action: 'create.nonce',
  success: true,
  nonce: 'nonce',
  expires_in: 30,
  config: {
    payload: {
      action: 'authorize',
      channel: 'ecommerce',
      merchant_code: 'your_merchant_code',
      merchant_operation_number: '123456',
      payment_details: { amount: '13240', currency: '604', billing: {} },
    },
  },
};

type FrameWindow = Window & typeof globalThis & { load(path: string): Promise<unknown> };

/** Opens a page whose own scripts run before and after ours, with a form of Pay-me. Its `fetch` is that of a shop. */
export async function openHostilePage({
  before = '',
  after = '',
  outcome = '{"outcome":"paid"}',
}: HostilePageOptions): Promise<HostilePage> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><html lang="en"><body><script>window.load = (path) => import(path);</script></body></html>`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const window = frame.contentWindow as FrameWindow;
  const bodies = answerRequests(window, outcome);
  const library = provideLibrary(window);
  run(window, before);
  const element = await addElement(window);
  run(window, after);
  const events = recordEvents(element);
  element.loading = 'eager';
  await until(
    () => ['ready', 'failed'].includes(element.status),
    () => `a form, it is ${element.status} ${JSON.stringify(element.state)}`,
  );
  return {
    element,
    window,
    events,
    get outcomeRequest() {
      return JSON.parse(bodies.at(-1) ?? 'null') as unknown;
    },
    pay: () => library.respond(report),
    close: () => frame.remove(),
  };
}

/** Runs a classic script, in which `const` declares a global. */
function run({ document }: Window, code: string): void {
  const script = document.createElement('script');
  script.text = code;
  document.body.append(script);
}

/** @returns the bodies of all requests so far */
function answerRequests(window: FrameWindow, outcome: string): readonly string[] {
  const bodies: string[] = [];
  window.fetch = (url, init) => {
    bodies.push(init?.body as string);
    return Promise.resolve(new Response((url as string).endsWith('/token') ? JSON.stringify(nonceAnswer) : outcome));
  };
  return bodies;
}

function provideLibrary(window: FrameWindow) {
  const library = { respond: (_: unknown): void => {} };
  class FlexPaymentForms {
    init(container: Element, onResponse: (response: unknown) => void): void {
      container.innerHTML = '<button class="payment-method-wrapper">Pay</button>';
      library.respond = onResponse;
    }
  }
  Object.assign(window, { FlexPaymentForms });
  return library;
}

async function addElement(window: FrameWindow): Promise<PayCheckout> {
  const { register } = (await window.load(`${location.origin}/src/index.ts`)) as typeof Index;
  const { payme } = (await window.load(`${location.origin}/src/providers/payme/browser/adapter.ts`)) as typeof Adapter;
  register('payme', { ...payme, assets: { sandbox: { global: 'FlexPaymentForms' } } });
  const element = window.document.createElement('pay-checkout');
  const attributes = { provider: 'payme', environment: 'sandbox', order: 'A-1001', loading: 'manual' };
  Object.assign(element, attributes, { tokenEndpoint: `${location.origin}/token`, outcomeEndpoint: `${location.origin}/outcome` });
  window.document.body.append(element);
  return element;
}

function recordEvents(element: PayCheckout): readonly string[] {
  const seen: string[] = [];
  for (const status of ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed']) {
    element.ownerDocument.addEventListener(`pay-${status}`, ({ type }) => seen.push(type));
  }
  return seen;
}
