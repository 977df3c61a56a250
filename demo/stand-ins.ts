import { useStandIns } from '../src/testing.js';
import { chosenProvider } from './chosen.js';
import { faults } from './faults/index.js';
import { providers } from './providers/index.js';
import { showTestCards } from './test-cards.js';

/** Reads the provider and the fault from the URL of this page. */
export function chosenHere() {
  const query = new URLSearchParams(location.search);
  const provider = chosenProvider(query.get('provider'));
  const name = query.get('fault') ?? '';
  return { provider, name, fault: faults[provider][name] };
}

/**
 * Replaces the providers of this page by their stand-ins.
 *
 * @param base the path of their libraries and APIs
 */
export function putStandIns(base: string): void {
  const { provider, fault } = chosenHere();
  // A faulty library runs in this page, which sets its faults. Other libraries load like the real ones, by script and style
  // sheet.
  useStandIns(fault?.library ? { api: base, faults: { [provider]: fault.library } } : { assets: base });
  document.documentElement.dataset.standIns = '';
  showTestCards(providers[provider]);
}
