import { builtInNames } from '../providers/built-in.js';
import type { Assets, Provider } from '../providers/provider.js';
import type { Environment } from '../shared/environment.js';
import { createPageFetch } from './page-fetch.js';
import { toStandInUrl } from './path.js';
import { forEachProvider, providerNames, realProviderOf, standInProviders, type LibraryFaults } from './providers.js';
import { replaceProviders } from './replace-providers.js';
import { createStandIns, type StandIns } from './stand-ins.js';
import { warnIfStarted } from './warn-if-started.js';

export interface UseStandInsOptions {
  /** The APIs that the libraries use, if the page's own endpoints use the same ones. Default: new ones. */
  standIns?: StandIns;
  /** The path under which a backend serves `standIns.handle`, such as `/stand-in/`. The libraries then send their requests there. */
  api?: string;
  /** The same path, if the page also loads the libraries from there, with a real `<script>` and `<link>`. Replaces `api`. */
  assets?: string;
  /** The faults of each library. With `assets`, set `faults` on each library's own global instead. */
  faults?: Partial<LibraryFaults>;
}

export interface StandInsInUse {
  /** The APIs that run in this page; absent if a backend serves them. */
  readonly standIns?: StandIns;
  /** The faults of each library. They may be changed at any time. */
  readonly faults: LibraryFaults;
  /** Restores the real providers. */
  restore(): void;
}

/**
 * Replaces the providers of this page with their stand-ins. Each `<pay-checkout>` that starts afterwards opens the stand-in's
 * form, in every environment. The console warns if one has already started.
 */
export function useStandIns(options: UseStandInsOptions = {}): StandInsInUse {
  const { assets, api } = options;
  warnIfStarted(builtInNames);
  const standIns = (assets ?? api) ? undefined : (options.standIns ?? createStandIns());
  const faults = forEachProvider((name) => options.faults?.[name] ?? {});
  const fetch = standIns?.fetch ?? createPageFetch(assets ?? api ?? '/');
  const undo = assets ? [] : providerNames.map((name) => standInProviders[name].install({ fetch, faults: faults[name] }));
  const change = assets ? (real: Assets) => rebaseAssets(assets, real) : keepGlobal;
  const real = builtInNames.map((name) => [name, realProviderOf(name)] as const);
  const replaced = real.map(([name, provider]) => [name, replaceAssets(provider, change)] as const);
  undo.push(replaceProviders(Object.fromEntries(replaced), Object.fromEntries(real)));
  return { standIns, faults, restore: () => undo.forEach((one) => one()) };
}

function replaceAssets<Config>(provider: Provider<Config>, change: (real: Assets) => Assets): Provider<Config> {
  const all = Object.entries(provider.assets) as [Environment, Assets][];
  return { ...provider, assets: Object.fromEntries(all.map(([environment, real]) => [environment, change(real)])) };
}

const keepGlobal = ({ global }: Assets): Assets => ({ global });

function rebaseAssets(base: string, { global, script, styles = [] }: Assets): Assets {
  return {
    global,
    // The integrity hash is left out, because it is that of the real file.
    ...(script && { script: { url: toStandInUrl(base, script.url), ...(script.keeps && { keeps: script.keeps }) } }),
    styles: styles.map((url) => toStandInUrl(base, url)),
  };
}
