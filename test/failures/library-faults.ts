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

export const fineLibrary: LibraryFault = { name: 'fine', how: same('The library draws its form.'), lasts: atOnce };

/** Each library refuses a token that is dead. */
export const refused: LibraryFault = {
  name: 'error at once',
  how: {
    payme: 'The library cannot redeem its nonce. It reports nothing and draws an endless spinner.',
    izipay: 'The frame refuses the token and reports it.',
    payroc: 'The gateway returns 401. The library reports an `init` error.',
  },
  says: { payme: 'provider / timeout', izipay: 'provider / session', payroc: 'provider / session' },
  lasts: { payme: never.payme, izipay: twice(frameTime), payroc: twice(0) },
};

export const libraryFaults: readonly LibraryFault[] = [
  fineLibrary,
  { name: 'constructor throws', how: same('`new` throws.'), says: same('provider / threw'), lasts: atOnce },
  {
    name: 'init throws',
    how: { payme: '`init()` throws.', izipay: '`LoadForm()` rejects.', payroc: '`initialize()` throws.' },
    says: same('provider / threw'),
    lasts: atOnce,
  },
  {
    name: 'never ready',
    how: {
      payme: 'The library draws an endless spinner.',
      izipay: 'The frame has no box, and the library reports nothing.',
      payroc: 'The frames stay invisible.',
    },
    says: same('provider / timeout'),
    lasts: never,
  },
  refused,
  {
    name: 'slow error',
    how: {
      payme: 'The session request never ends. The library has no error for this and draws an endless spinner.',
      izipay: `The frame refuses the token after ${slowness / 1000} s.`,
      payroc:
        'The gateway returns 500. The library tries six times and reports the error after 35 s. The element ends the form before that.',
    },
    says: { payme: 'provider / timeout', izipay: 'provider / session', payroc: 'provider / timeout' },
    lasts: { payme: never.payme, izipay: twice(frameTime + slowness), payroc: never.payroc },
  },
  {
    name: 'blocked by CSP',
    how: {
      payme: '`connect-src` blocks the host that redeems nonces.',
      izipay: '`frame-src` blocks the host of the form.',
      payroc: '`connect-src` blocks the gateway.',
    },
    says: same('provider / blocked'),
    blocks: { payme: 'connect-src', izipay: 'frame-src', payroc: 'connect-src' },
    lasts: atOnce,
  },
];
