import type { StandIns } from '../../src/testing.js';
import type { PageFetch } from '../../src/testing/page-fetch.js';
import type { LibraryFaults } from '../../src/testing/providers.js';
import { busyUntilTold } from './page-policy.js';

/** The stand-ins of one cell, and their faults. */
export interface FaultySetup {
  readonly standIns: StandIns;
  readonly faults: LibraryFaults;
  /** Whether the page's policy blocks the provider's host: its requests then go to the real network. */
  isBlocked: boolean;
}

/** The body that the page sends to the outcome endpoint. */
export interface Report {
  singleUseToken?: string;
  raw: Record<string, unknown>;
}

/** The browser half of one provider's failures: how its stand-in is made to fail, and how a shopper pays. */
export interface FailingProvider {
  /** The host that a policy may block. */
  readonly host: string;
  /** Does what the evaluation of the script does, and returns the library. */
  evaluate(setup: FaultySetup, url: string): unknown;
  /** The names on `window` that `evaluate` leaves. */
  readonly globals?: readonly string[];
  /** Has the first call of the library throw. */
  throwAtFirstCall(setup: FaultySetup): void;
  /** Has the call that opens the form throw. */
  throwOnOpening(setup: FaultySetup): void;
  failAtOnce(setup: FaultySetup): void;
  failSlowly(setup: FaultySetup): void;
  /** Has the provider refuse the next token. */
  spendToken(setup: FaultySetup): void;
  pay(element: Element): void;
  /** Replaces the report by one that the provider did not make. */
  forge(report: Report): void;
}

const network = window.fetch;

/** The `fetch` of a library. */
export function fetchOf(setup: FaultySetup): PageFetch {
  return (input, init) => {
    if (!setup.isBlocked) return setup.standIns.fetch(input, init);
    busyUntilTold();
    return network(input, init);
  };
}
