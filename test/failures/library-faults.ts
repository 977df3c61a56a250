import { forEachProvider } from '../../src/testing/providers.js';
import { byProvider } from './provider-failures.js';
import type { ByProvider, Said } from './terms.js';

export interface LibraryFault {
  readonly name: string;
  readonly how: ByProvider<string>;
  readonly says?: ByProvider<Said>;
  /** The directive of the page's policy that blocks the provider's host. */
  readonly blocks?: ByProvider<string>;
  /** By attempt, the milliseconds from the moment in which token and script are there. */
  readonly lasts: ByProvider<readonly number[]>;
}

const same = <T>(value: T): ByProvider<T> => forEachProvider(() => value);
const atOnce = same([0]);

/** Milliseconds that the form takes to open. */
export const opening = byProvider((one) => one.opening);
/** The same for a later form of the page. */
export const reopening = byProvider((one) => one.reopening ?? one.opening);

export const fineLibrary: LibraryFault = { name: 'fine', how: same('The library draws its form.'), lasts: atOnce };

/** The provider refuses an expired token. */
export const refused: LibraryFault = {
  name: 'error at once',
  how: byProvider(({ errorAtOnce }) => errorAtOnce.how),
  says: byProvider(({ errorAtOnce }) => errorAtOnce.says),
  lasts: byProvider(({ errorAtOnce }) => errorAtOnce.lasts),
};

export const libraryFaults: readonly LibraryFault[] = [
  fineLibrary,
  {
    name: 'constructor throws',
    how: byProvider(({ firstCallThrows }) => firstCallThrows.how),
    says: same('provider / threw'),
    lasts: atOnce,
  },
  {
    name: 'init throws',
    how: byProvider(({ initThrows }) => initThrows.how),
    says: same('provider / threw'),
    lasts: byProvider(({ initThrows }) => initThrows.lasts),
  },
  {
    name: 'never ready',
    how: byProvider(({ neverReady }) => neverReady.how),
    says: same('provider / timeout'),
    lasts: byProvider(({ neverReady }) => neverReady.lasts),
  },
  refused,
  {
    name: 'slow error',
    how: byProvider(({ slowError }) => slowError.how),
    says: byProvider(({ slowError }) => slowError.says),
    lasts: byProvider(({ slowError }) => slowError.lasts),
  },
  {
    name: 'blocked by CSP',
    how: byProvider(({ blocked }) => blocked.how),
    says: same('provider / blocked'),
    blocks: byProvider(({ blocked }) => blocked.directive),
    lasts: byProvider(({ blocked }) => blocked.lasts),
  },
];
