import { register } from '../providers/registry.js';
import type { Assets, Provider } from '../providers/provider.js';
import type { Environment } from '../shared/environment.js';
import { createPageFetch } from './page-fetch.js';
import { toStandInUrl } from './path.js';
import { forEachProvider, providerNames, standInProviders, type LibraryFaults } from './providers.js';
import { createStandIns, type StandIns } from './stand-ins.js';

export interface UseStandInsOptions {
  /** The APIs to use in this page, when the page's own endpoints run on them too. Default: new ones. */
  standIns?: StandIns;
  /** The path under which a backend serves `standIns.handle`, such as `/stand-in/`: the libraries then make their requests there. */
  api?: string;
  /** The same path, when the libraries too shall be loaded from there, by a real `<script>` and `<link>`. Takes the place of `api`. */
  assets?: string;
  /** What the libraries get wrong, by provider. With `assets` it is the `faults` of each library's own global that say so. */
  faults?: Partial<LibraryFaults>;
}

export interface StandInsInUse {
  /** The APIs that run in this page; none where a backend has them. */
  readonly standIns?: StandIns;
  /** What the libraries get wrong; change it at any time. */
  readonly faults: LibraryFaults;
  /** Puts the real providers back. */
  restore(): void;
}

/**
 * Puts the stand-ins in the providers' place, for this page: every `<pay-checkout>` that starts from now on opens the stand-in's form,
 * in each of its provider's environments.
 */
export function useStandIns(options: UseStandInsOptions = {}): StandInsInUse {
  const { assets, api } = options;
  const standIns = (assets ?? api) ? undefined : (options.standIns ?? createStandIns());
  const faults = forEachProvider((name) => options.faults?.[name] ?? {});
  const fetch = standIns?.fetch ?? createPageFetch(assets ?? api ?? '/');
  const undo = assets ? [] : providerNames.map((name) => standInProviders[name].install({ fetch, faults: faults[name] }));
  for (const name of providerNames) {
    replace(name, withAssets(standInProviders[name].provider, assets ? (real) => servedFrom(assets, real) : alreadyHere));
  }
  const restore = (): void => {
    for (const one of undo) one();
    for (const name of providerNames) replace(name, standInProviders[name].provider);
  };
  return { standIns, faults, restore };
}

/** A classic script has a registry of its own, which only its element leads to. */
function replace(name: string, provider: Provider): void {
  const element = customElements.get('pay-checkout') as { register?: typeof register } | undefined;
  if (element?.register) element.register(name, provider);
  else register(name, provider);
}

function withAssets<Config>(provider: Provider<Config>, change: (real: Assets) => Assets): Provider<Config> {
  const all = Object.entries(provider.assets) as [Environment, Assets][];
  return { ...provider, assets: Object.fromEntries(all.map(([environment, real]) => [environment, change(real)])) };
}

const alreadyHere = ({ global }: Assets): Assets => ({ global });

function servedFrom(base: string, { global, script, styles = [] }: Assets): Assets {
  return {
    global,
    // Without the integrity: a file of ours has another hash.
    ...(script && { script: { url: toStandInUrl(base, script.url), ...(script.keeps && { keeps: script.keeps }) } }),
    styles: styles.map((url) => toStandInUrl(base, url)),
  };
}
