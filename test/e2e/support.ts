import { expect } from 'vitest';
import type {} from '../../src/index.js';
import type { Status } from '../../src/state/state.js';
import { click } from './engines/place.js';
import type { Tab, Visit } from './engines/tab.js';
import { poll, until } from './engines/until.js';

export { launchChromium } from '../../scripts/browsers.mjs';
export { visit, type ChromiumVisit } from './engines/chromium.js';
export { until };

/** @param expected the requests to other machines that a test had answered on this one */
export async function leave({ close, abroad, errors }: Visit, expected: readonly string[] = []): Promise<void> {
  await close();
  expect(abroad.sort()).toEqual([...expected].sort());
  expect(errors).toEqual([]);
}

/** What the page's checkout says of itself, in whichever shadow root it is; nothing where there is none. */
function checkout(page: Tab) {
  return page.evaluate(() => {
    type Checkout = HTMLElementTagNameMap['pay-checkout'];
    const find = (root: ParentNode): Checkout | undefined => {
      const inside = () => [...root.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot && find(shadowRoot)).find(Boolean);
      return root.querySelector('pay-checkout') ?? inside() ?? undefined;
    };
    const found = find(document);
    // A tag that is not registered yet has no status.
    if (!found?.state) return null;
    const { state } = found;
    return { status: state.status, isConfirmed: state.status === 'succeeded' && state.confirmed, diagnosis: found.diagnose() };
  });
}

/** Waits until the checkout is in that state. */
export async function reaches(page: Tab, status: Status): Promise<void> {
  try {
    await poll(status, async () => (await checkout(page))?.status === status);
  } catch {
    throw new Error(`The checkout never was ${status}: ${JSON.stringify(await diagnosis(page))}`);
  }
}

/** Presses the button that says so. */
export function press(page: Tab, text: string): Promise<void> {
  return click(page, { selector: 'button', text });
}

/** Waits until the shopper can read it. */
export async function shows(page: Tab, text: string): Promise<void> {
  await until(page, says, text);
}

/** Runs in the page. */
function says(wanted: string): boolean {
  const range = document.createRange();
  const isRead = (node: Node) => {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.includes(wanted)) return false;
    range.selectNodeContents(node);
    // The text itself: a slot has no box.
    return range.getClientRects().length > 0 && getComputedStyle(node.parentElement!).visibility === 'visible';
  };
  const isIn = (root: ParentNode): boolean =>
    [...root.querySelectorAll('*')].some(
      (element) => [...element.childNodes].some(isRead) || (element.shadowRoot && isIn(element.shadowRoot)),
    );
  return isIn(document);
}

/** Waits until the page is that wide, and nothing of it has to be scrolled to sideways. */
export async function fits(page: Tab, width: number): Promise<void> {
  await until(
    page,
    (wanted) => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return innerWidth === wanted && scrollWidth === clientWidth;
    },
    width,
  );
}

export async function diagnosis(page: Tab) {
  return (await checkout(page))!.diagnosis;
}

/** `code / reason` of a checkout that failed. */
export async function failure(page: Tab): Promise<string> {
  const { error } = await diagnosis(page);
  return [error?.code, error?.reason].filter(Boolean).join(' / ');
}

/** Who says that it was paid: the merchant's backend, or only the provider. */
export async function isConfirmed(page: Tab): Promise<boolean> {
  return (await checkout(page))!.isConfirmed;
}

/** Keeps the name of every state that any checkout of the page enters from now on, for `told`. Runs in the page. */
export function follow(): void {
  const told: string[] = [];
  const states = ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'];
  for (const state of states) document.addEventListener(`pay-${state}`, () => told.push(state));
  Object.assign(window, { told });
}

/** The states that were entered since the last time, in order. */
export function told(page: Tab): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
}
