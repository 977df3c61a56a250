import { importOfEachProvider } from '../support/provider-files.js';
import type { FailingProvider, FaultySetup } from './failing-provider.js';
import type { Cell } from './matrix.js';

const modules = await importOfEachProvider<{ failingProvider: FailingProvider }>('failing-provider');

/** The half of the cell's provider that is in the browser. */
export function failingProviderOf({ provider }: Pick<Cell, 'provider'>): FailingProvider {
  return modules[provider].failingProvider;
}

/** Makes the library of a cell fail, and the provider refuse the cell's first token. */
export function breakLibrary(cell: Cell, setup: FaultySetup): void {
  const { provider, library, token } = cell;
  const failing = failingProviderOf(cell);
  const faults: Readonly<Record<string, () => void>> = {
    'constructor throws': () => failing.throwAtFirstCall(setup),
    'init throws': () => failing.throwOnOpening(setup),
    'never ready': () => (setup.faults[provider].neverReady = true),
    'error at once': () => failing.failAtOnce(setup),
    'slow error': () => failing.failSlowly(setup),
    'blocked by CSP': () => (setup.isBlocked = true),
  };
  faults[library.name]?.();
  if (token.isSpent) failing.spendToken(setup);
}
