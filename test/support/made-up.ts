import { register } from '../../src/provider.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { ProviderName } from '../../src/providers/built-in.js';
import type { MountContext, Outcome, Provider, Renew } from '../../src/providers/provider.js';
import { deferred, type Deferred } from './deferred.js';
import { withinPatience } from './work.js';

/** One opening of a made-up provider's form, which the test controls. */
export interface Opening {
  readonly context: MountContext;
  /** Settles the adapter's `mount`. */
  readonly drawn: Deferred<Renew | void>;
}

/** A provider that the test controls. It loads no files, because its global is already on the page. */
export interface MadeUp {
  readonly name: ProviderName;
  readonly provider: Provider;
  readonly openings: Opening[];
  /** The newest opening. */
  readonly last: Opening;
  /** Resolves when the form has been opened `count` times in total. */
  opened(count: number): Promise<Opening>;
  report(outcome: Outcome): void;
}

let names = 0;

export function registerMadeUp(overrides: Partial<Provider> = {}, name = `made-up-${++names}`): MadeUp {
  const openings: Opening[] = [];
  const waiting = new Map<number, Deferred<Opening>>();
  const waitFor = (count: number) => waiting.get(count) ?? (waiting.set(count, deferred()), waiting.get(count)!);
  const last = () => {
    const opening = openings.at(-1);
    if (!opening) throw new Error('the form was not opened yet');
    return opening;
  };
  const provider: Provider = {
    assets: { sandbox: { global: 'madeUpLibrary' }, production: { global: 'madeUpLibrary' } },
    token: canonicalToken,
    config: { safeParse: (data) => ({ success: true, data }) },
    lifetime: 30,
    agesWhileOpen: false,
    mount(context) {
      const drawn = deferred<Renew | void>();
      const opening = { context, drawn };
      openings.push(opening);
      waitFor(openings.length).resolve(opening);
      return drawn.promise;
    },
    ...overrides,
  };
  Object.assign(window, { madeUpLibrary: {} });
  register(name, provider);
  return {
    name: name as ProviderName,
    provider,
    openings,
    opened: (count) => withinPatience(waitFor(count).promise, () => `${openings.length} of ${count} forms are open`),
    get last() {
      return last();
    },
    report: (outcome) => last().context.report(outcome),
  };
}
