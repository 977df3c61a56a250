import type { ByProvider, Said } from './terms.js';

export interface LibraryFault {
  readonly name: string;
  readonly how: ByProvider<string>;
  readonly says?: ByProvider<Said>;
  /** The directive of the page's policy that forbids its host. */
  readonly blocks?: ByProvider<string>;
  /** By attempt, the milliseconds from the moment in which token and script are there. */
  readonly lasts: ByProvider<readonly number[]>;
}

/** Milliseconds in which the library of Izipay prepares its frame, before it can be called. */
export const preparation = 100;
/** Milliseconds that the page in Izipay's frame takes to load. */
const frameTime = 120;
/** Milliseconds on screen after which a form that never came up is given up (design, "Watchdog"). */
const watchdogs = { payme: 15_000, izipay: 20_000, payroc: 20_000 };
/** Izipay's is looked for first, where its library may have lost it: milliseconds. */
const missedAfter = 300;
/** Milliseconds by which the slow error of Izipay's frame is late. */
export const slowness = 10_000;

const twice = (ms: number) => [ms, ms];
const never = {
  payme: twice(watchdogs.payme),
  izipay: twice(missedAfter + watchdogs.izipay),
  payroc: twice(watchdogs.payroc),
};
const atOnce = { payme: [0], izipay: [0], payroc: [0] };
const same = <T>(value: T): ByProvider<T> => ({ payme: value, izipay: value, payroc: value });

/** What it takes a form to come up. */
export const opening = { payme: 0, izipay: frameTime, payroc: 0 };

export const fineLibrary: LibraryFault = { name: 'fine', how: same('it draws its form'), lasts: atOnce };

/** Each library refuses a token that is dead. */
export const refused: LibraryFault = {
  name: 'error at once',
  how: {
    payme: 'it cannot redeem its nonce: it tells nobody, and draws a spinner for ever',
    izipay: 'its frame refuses the token, and says so',
    payroc: 'its gateway answers 401, and it says so in an `init` error',
  },
  says: { payme: 'provider / timeout', izipay: 'provider / session', payroc: 'provider / session' },
  lasts: { payme: never.payme, izipay: twice(frameTime), payroc: twice(0) },
};

export const libraryFaults: readonly LibraryFault[] = [
  fineLibrary,
  { name: 'constructor throws', how: same('`new` throws'), says: same('provider / threw'), lasts: atOnce },
  {
    name: 'init throws',
    how: { payme: '`init()` throws', izipay: '`LoadForm()` rejects', payroc: '`initialize()` throws' },
    says: same('provider / threw'),
    lasts: atOnce,
  },
  {
    name: 'never ready',
    how: {
      payme: 'a spinner for ever',
      izipay: 'a frame without a box, and nobody is told',
      payroc: 'iframes that stay invisible',
    },
    says: same('provider / timeout'),
    lasts: never,
  },
  refused,
  {
    name: 'slow error',
    how: {
      payme: 'its session call never ends: it has no error to tell, so it is the same spinner',
      izipay: `its frame takes ${slowness / 1000} s to refuse the token`,
      payroc: 'its gateway answers 500: it tries six times and says so after 35 s, when the watchdog has long ended the form',
    },
    says: { payme: 'provider / timeout', izipay: 'provider / session', payroc: 'provider / timeout' },
    lasts: { payme: never.payme, izipay: twice(frameTime + slowness), payroc: never.payroc },
  },
  {
    name: 'blocked by CSP',
    how: {
      payme: "the page's policy forbids `connect-src` to the host that redeems nonces",
      izipay: "the page's policy forbids `frame-src` for the host of its form",
      payroc: "the page's policy forbids `connect-src` to its gateway",
    },
    says: same('provider / blocked'),
    blocks: { payme: 'connect-src', izipay: 'frame-src', payroc: 'connect-src' },
    lasts: atOnce,
  },
];
