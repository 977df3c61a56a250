import { spy } from 'sinon';
import { payroc } from '../../../../src/providers/payroc/browser/adapter.js';
import { payrocConfig, type PayrocConfig } from '../../../../src/providers/payroc/browser/config.js';
import type { MountContext, Outcome } from '../../../../src/providers/provider.js';
import { settled } from '../../../support/work.js';

export interface GivenOptions {
  readonly sessionToken: string;
  readonly mode: string;
  readonly fields: Record<string, Record<string, { target: string; errorTarget?: string }>>;
  readonly styles?: { disableDefaultStyles?: boolean; css?: Record<string, Record<string, string>> };
  readonly locale?: string;
  readonly onPreSubmit: () => unknown;
}

const ends: (() => void)[] = [];

/** Ends all forms that a test has opened. */
export function endForms(): void {
  for (const end of ends.splice(0)) end();
}

/** Mounts a form with a fake library, whose events the test emits. */
export function mountWithFakeLibrary(
  config: Record<string, unknown> = {},
  context: Partial<MountContext<PayrocConfig>> = {},
  onInitialize: () => void = () => {},
) {
  const controller = new AbortController();
  const container = document.body.appendChild(document.createElement('div'));
  container.id = `mount-${ends.length}`;
  ends.push(() => (controller.abort(), container.remove()));
  const calls: string[] = [];
  const given: GivenOptions[] = [];
  const callbacks = new Map<string, (payload: unknown) => void>();
  const library = class {
    constructor(options: GivenOptions) {
      given.push(options);
      calls.push('constructor');
    }
    on(event: string, callback: (payload: unknown) => void) {
      callbacks.set(event, callback);
      calls.push(`on ${event}`);
    }
    initialize() {
      calls.push('initialize');
      onInitialize();
      return Promise.resolve();
    }
    destroy() {
      calls.push('destroy');
    }
  };
  const [report, onTouched] = [spy<(outcome: Outcome) => void>(() => {}), spy()];
  let isExpired = false;
  const parsed = payrocConfig.safeParse({ mode: 'payment', ...config });
  if (!parsed.success) throw new Error('The config should be valid.');
  const mounted = payroc.mount({
    ...{ token: 'token', config: parsed.data, environment: 'sandbox', locale: 'en-US', container, library },
    ...{ signal: controller.signal, report, onTouched, isExpired: () => isExpired },
    ...{ onRemoved: () => {}, touched: new AbortController().signal },
    ...{ assets: payroc.assets.sandbox!, onUncertain: () => {} },
    ...context,
  });
  mounted.catch(() => {});
  return {
    ...{ calls, given, report, onTouched, mounted, container, controller },
    emit: (event: string, payload?: unknown) => callbacks.get(event)!(payload),
    expire: () => (isExpired = true),
    /** Appends an iframe to each target, as `initialize()` does, and shows it. */
    async show() {
      for (const frame of append(given[0]!)) frame.style.opacity = '1';
      await mounted;
      // In Firefox, an iframe that is still loading loses the focus.
      await settled();
    },
    append: () => append(given[0]!),
  };
}

export type MountedForm = ReturnType<typeof mountWithFakeLibrary>;

function append({ fields }: GivenOptions): HTMLIFrameElement[] {
  return Object.values(fields[Object.keys(fields)[0]!]!).map(({ target }) => {
    const frame = document.createElement('iframe');
    frame.style.opacity = '0';
    document.querySelector(target)!.append(frame);
    return frame;
  });
}

/** Adds elements to the page, in which a merchant places each field of the card form. */
export function addMerchantElements(): HTMLElement {
  const names = ['cardNumber', 'cardholderName', 'expiryDate', 'cvv', 'submit'];
  const page = document.body.appendChild(document.createElement('section'));
  for (const name of names) {
    for (const part of ['', '-error']) page.append(Object.assign(document.createElement('div'), { className: `mine-${name}${part}` }));
  }
  return page;
}

export const cardFields = {
  cardNumber: { target: '.mine-cardNumber', errorTarget: '.mine-cardNumber-error', placeholder: '1234 5678 1234 1211' },
  cardholderName: { target: '.mine-cardholderName' },
  expiryDate: { target: '.mine-expiryDate' },
  cvv: { target: '.mine-cvv', wrapperTarget: '.mine-cvv' },
  submit: { target: '.mine-submit', value: 'Pay Now' },
};
