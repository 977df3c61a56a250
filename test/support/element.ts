import { fixture, html } from '@open-wc/testing';
import type { PayCheckout } from '../../src/index.js';
import '../../src/index.js';
import type { PayStateEvent } from '../../src/events.js';
import type { RequestToken } from '../../src/token.js';
import type { Status } from '../../src/state.js';
import type { MadeUp } from './made-up.js';

export const goodToken = { token: 'tok_secret_value', expiresIn: 30 };

export interface Setup {
  provider: string;
  environment?: string | null;
  tokenEndpoint?: string;
  outcomeEndpoint?: string;
  order?: string;
  config?: Record<string, unknown>;
  loading?: string;
  requestToken?: RequestToken;
}

/** An element on the page; its token endpoint answers with a good token unless the test brings its own. */
export async function checkout(setup: Setup): Promise<PayCheckout> {
  const element = create(setup);
  await fixture(html`<div>${element}</div>`);
  return element;
}

export function create({ tokenEndpoint = '/token', requestToken = () => Promise.resolve(goodToken), ...rest }: Setup): PayCheckout {
  const element = document.createElement('pay-checkout');
  return Object.assign(element, { environment: 'sandbox', tokenEndpoint, requestToken }, rest);
}

/** An element whose form the shopper can use. */
export async function ready(madeUp: MadeUp, setup: Partial<Setup> = {}): Promise<PayCheckout> {
  const next = madeUp.openings.length + 1;
  const element = await checkout({ provider: madeUp.name, ...setup });
  const { drawn } = await madeUp.opened(next);
  drawn.resolve();
  await reaches(element, 'ready');
  return element;
}

/**
 * Resolves when the element is in that state, now or later.
 *
 * @param meanwhile is done again and again until then, as letting the test's clock go on
 */
export async function reaches(element: PayCheckout, status: Status, meanwhile?: () => Promise<unknown>): Promise<PayCheckout['state']> {
  while (meanwhile && element.status !== status) {
    await meanwhile();
    await settled();
  }
  if (element.status === status) return element.state;
  return new Promise((resolve) => {
    element.addEventListener(`pay-${status}`, (event) => resolve((event as PayStateEvent).state), { once: true });
  });
}

/** The names of all states that the element enters from now on. */
export function statesOf(element: HTMLElement): string[] {
  const seen: string[] = [];
  for (const status of ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired']) {
    element.addEventListener(`pay-${status}`, () => seen.push(status));
  }
  return seen;
}

/** Lets everything happen that needs no clock and no network. */
export async function settled(): Promise<void> {
  const channel = new MessageChannel();
  await new Promise<void>((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(undefined);
  });
}
