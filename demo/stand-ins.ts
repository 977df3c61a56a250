import { useStandIns } from '../src/testing.js';
import { chosenProvider } from './chosen.js';
import { faults } from './faults/index.js';
import { providers } from './providers/index.js';
import { showTestCards } from './test-cards.js';

/** What the address of this page asks for. */
export function chosenHere() {
  const query = new URLSearchParams(location.search);
  const provider = chosenProvider(query.get('provider'));
  const name = query.get('fault') ?? '';
  return { provider, name, fault: faults[provider][name] };
}

/**
 * Puts the stand-ins in the providers' place.
 *
 * @param base the path under which their libraries and APIs are
 */
export function putStandIns(base: string): void {
  const { provider, fault } = chosenHere();
  // A library that misbehaves runs in this page, where it can be told how; otherwise it comes as the real one does, by script and style sheet.
  useStandIns(fault?.library ? { api: base, faults: { [provider]: fault.library } } : { assets: base });
  document.documentElement.dataset.standIns = '';
  showTestCards(providers[provider]);
}
