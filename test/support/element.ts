import { fixture, html } from '@open-wc/testing';
import type { PayCheckout } from '../../src/index.js';
import '../../src/index.js';
import type { PayStateEvent } from '../../src/state/events.js';
import type { RequestFunction } from '../../src/endpoint/send-request.js';
import type { Status } from '../../src/state/state.js';
import { until } from './clock.js';
import type { MadeUp } from './made-up.js';
import { withinPatience } from './work.js';

export const goodToken = { token: 'tok_secret_value', expiresIn: 30 };

export interface Setup {
  provider: string;
  fallback?: string;
  environment?: string | null;
  tokenEndpoint?: string;
  outcomeEndpoint?: string;
  order?: string;
  config?: Record<string, unknown>;
  loading?: string;
  requestToken?: RequestFunction;
}

/** Adds an element to the page. It receives a valid token unless the test passes its own `requestToken`. */
export async function checkout(setup: Setup): Promise<PayCheckout> {
  const element = create(setup);
  await fixture(html`<div>${element}</div>`);
  return element;
}

export function create({ tokenEndpoint = '/token', requestToken = () => Promise.resolve(goodToken), ...rest }: Setup): PayCheckout {
  const element = document.createElement('pay-checkout');
  return Object.assign(element, { environment: 'sandbox', tokenEndpoint, requestToken }, rest);
}

/** Adds an element whose form is ready for the shopper. */
export async function ready(madeUp: MadeUp, setup: Partial<Setup> = {}): Promise<PayCheckout> {
  const next = madeUp.openings.length + 1;
  const element = await checkout({ provider: madeUp.name, ...setup });
  const { drawn } = await madeUp.opened(next);
  drawn.resolve();
  await reaches(element, 'ready');
  return element;
}

/** Resolves when the element is in that state, now or later. The fake clock does not advance meanwhile. */
export async function reaches(element: PayCheckout, status: Status): Promise<PayCheckout['state']> {
  if (element.status === status) return element.state;
  const entered = new Promise<PayCheckout['state']>((resolve) => {
    element.addEventListener(`pay-${status}`, (event) => resolve((event as PayStateEvent).state), { once: true });
  });
  return withinPatience(entered, () => `the state is ${element.status} and not ${status}`);
}

/**
 * Waits like `reaches`, but advances the clock as `until` does.
 *
 * @param longest milliseconds of the longest step from one timer to the next
 */
export async function comesTo(element: PayCheckout, status: Status, longest?: number): Promise<PayCheckout['state']> {
  await until(
    () => element.status === status,
    () => `${status}, it is ${element.status}`,
    longest,
  );
  return element.state;
}

/** Records the names of all states that the element enters from now on. */
export function statesOf(element: HTMLElement): string[] {
  const seen: string[] = [];
  for (const status of ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired']) {
    element.addEventListener(`pay-${status}`, () => seen.push(status));
  }
  return seen;
}
