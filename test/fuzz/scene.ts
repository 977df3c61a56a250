import { fixture, html } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { findEntry, register } from '../../src/providers/registry.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { fakeClock } from '../support/clock.js';
import { create, type Setup } from '../support/element.js';
import { settled, turn } from '../support/work.js';
import { fuzzOf } from './provider-fuzz.js';
import type { QuickLibrary } from './quick-library.js';
import { Witness } from './witness.js';

/** When every case begins, by the test's clock. */
export const beginning = Date.parse('2026-03-01T12:00:00Z');

/** One element for thousands of cases: each is an order of its own. */
export interface Scene {
  readonly element: PayCheckout;
  readonly witness: Witness;
  /** Resolves when it is so, however long that takes by the test's clock. */
  until(isSo: () => boolean): Promise<void>;
  /** Forgets the last case, and begins the next with another order. */
  next(setup: Partial<Setup>): void;
  close(): void;
}

export interface QuickScene extends Scene {
  readonly quick: QuickLibrary;
}

/** A provider's real adapter, over a quick library. */
export async function openScene(provider: ProviderName): Promise<QuickScene> {
  const quick = fuzzOf(provider).createLibrary();
  const real = await findEntry(provider)!.adapter();
  Object.assign(window, { quickLibrary: quick.library });
  register(provider, { ...real, assets: { sandbox: { global: 'quickLibrary' } } });
  return { quick, ...(await openSceneOf(provider)) };
}

export async function openSceneOf(provider: string): Promise<Scene> {
  const element = create({ provider, loading: 'manual' });
  const place = await fixture(html`<div>${element}</div>`);
  const clock = fakeClock(beginning);
  const witness = new Witness(element);
  let orders = 0;
  return {
    ...{ element, witness },
    until: (isSo) => until(isSo, clock),
    next(setup) {
      clock.setSystemTime(beginning);
      witness.forget();
      Object.assign(element, { ...setup, loading: 'eager', order: String(++orders) });
      if (!element.isConnected) place.append(element);
    },
    close() {
      element.remove();
      witness.end();
      clock.restore();
    },
  };
}

/** More timers than any checkout waits for. */
const mostTimers = 200;

/** As the tests' own `until`, but quick: it draws nothing, and looks after every turn. */
async function until(isSo: () => boolean, clock: SinonFakeTimers): Promise<void> {
  await turn();
  for (let turns = 0; turns < 20 && !isSo(); turns++) await turn();
  for (let timers = 0; !isSo(); timers++) {
    if (timers > mostTimers) throw new Error('It hangs.');
    await settled();
    if (!isSo()) clock.next();
  }
  // The browser reports an uncaught error in a separate task.
  await turn();
  await turn();
}
