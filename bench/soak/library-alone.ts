import { findEntry } from '../../src/providers/registry.js';
import type { ProviderName } from '../../src/testing/providers.js';

/** Defined by `form.js` in the provider's folder. */
declare function openForm(response: unknown, container: HTMLElement): Promise<() => void>;

let loading: Promise<void> | undefined;
let n = 0;

/** Loads the stand-in's library once. Each cycle then opens its form and removes it. */
export async function libraryCycles(provider: ProviderName): Promise<() => Promise<void>> {
  await (loading ??= load(provider));
  return async () => {
    const container = Object.assign(document.createElement('div'), { id: `form-${++n}` });
    document.body.append(container);
    const end = await openForm(await requestToken(provider), container);
    end();
    container.remove();
  };
}

async function load(name: ProviderName): Promise<void> {
  const { script, styles = [] } = findEntry(name)!.assets.sandbox!;
  for (const href of styles) document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  await Promise.all([script!.url, `/forms/${name}.js`].map(loadScript));
  // The library may prepare its frame a moment later, which would replace an open form.
  await new Promise((resolve) => setTimeout(resolve, 500));
}

async function loadScript(src: string): Promise<void> {
  const tag = Object.assign(document.createElement('script'), { src });
  const loaded = new Promise((resolve) => tag.addEventListener('load', resolve));
  document.head.append(tag);
  await loaded;
}

async function requestToken(provider: ProviderName): Promise<unknown> {
  const body = JSON.stringify({ provider, environment: 'sandbox', order: 'A-1001' });
  const response = await fetch('/api/pay/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return response.json();
}
