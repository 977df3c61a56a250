import { builtInAssets } from '../../src/providers/built-in.js';
import type { ProviderName } from '../../src/testing/providers.js';

interface Given {
  readonly token: string;
  readonly config: Record<string, unknown>;
}

type Draw = (given: Given, container: HTMLElement) => Promise<() => void>;
type Instance = Record<string, (...args: unknown[]) => unknown>;
type Library = new (options: object) => Instance;

/** What a merchant's page does without us, as the libraries' own documentation has it: opens the form and takes it down. */
const draws: Record<ProviderName, Draw> = {
  async payme({ token, config }, container) {
    const form = new (global<Library>('FlexPaymentForms'))({ ...config, nonce: token });
    form.init!(container, nothing, nothing, nothing);
    await until(() => container.querySelector('.payment-method-wrapper') !== null);
    return () => form.terminate!();
  },
  async izipay({ token, config: { keyRSA, ...config } }, container) {
    const render = { typeForm: 'embedded', container: `#${container.id}` };
    const form = new (global<Library>('Izipay'))({ config: { ...config, render, language: { init: 'ESP' } } });
    void form.LoadForm!({ authorization: token, keyRSA, callbackResponse: nothing });
    await new Promise<void>((resolve) => form.onReady!(resolve));
    return nothing;
  },
  async payroc({ token, config: { mode } }, container) {
    const fields = ['cardNumber', 'cardholderName', 'expiryDate', 'cvv', 'submit'];
    for (const field of fields) container.append(Object.assign(document.createElement('div'), { id: `${container.id}-${field}` }));
    const place = (field: string) => ({ target: `#${container.id}-${field}`, ...(field === 'cvv' && { wrapperTarget: false }) });
    const form = new (global<{ hostedFields: Library }>('Payroc').hostedFields)({
      ...{ sessionToken: token, mode, fields: { card: Object.fromEntries(fields.map((field) => [field, place(field)])) } },
    });
    form.on!('error', nothing);
    void form.initialize!();
    const frames = () => [...container.querySelectorAll('iframe')];
    await until(() => frames().length === fields.length && frames().every(({ style }) => style.opacity === '1'));
    return () => form.destroy!();
  },
};

let loading: Promise<void> | undefined;
let n = 0;

/** Loads the library, once; each cycle then opens its form and takes it down. */
export async function libraryCycles(provider: ProviderName): Promise<() => Promise<void>> {
  await (loading ??= load(provider));
  return async () => {
    const container = Object.assign(document.createElement('div'), { id: `form-${++n}` });
    document.body.append(container);
    const end = await draws[provider](await given(provider), container);
    end();
    container.remove();
  };
}

async function load(name: ProviderName): Promise<void> {
  const { script, styles = [] } = builtInAssets[name].sandbox;
  for (const href of styles) document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  const tag = Object.assign(document.createElement('script'), { src: script!.url });
  const loaded = new Promise((resolve) => tag.addEventListener('load', resolve));
  document.head.append(tag);
  await loaded;
  // What it prepares a moment later would take the place of a form.
  await new Promise((resolve) => setTimeout(resolve, 500));
}

async function given(provider: ProviderName): Promise<Given> {
  const body = JSON.stringify({ provider, environment: 'sandbox', order: 'A-1001' });
  const response = await fetch('/api/pay/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return (await response.json()) as Given;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(requestAnimationFrame);
}

function global<T>(name: string): T {
  return (window as unknown as Record<string, T>)[name]!;
}

function nothing(): void {}
