import type { Provider } from '../providers/provider.js';
import { register } from '../providers/registry.js';
import { warnOnce } from '../state/console.js';

const tag = 'pay-checkout';

export type Providers = Readonly<Record<string, Provider>>;

/**
 * Registers providers for the page's element. The element may be of another copy of the package, such as a script tag's, whose
 * registry only its own class can reach. That class may be defined later: the providers then replace its own before its first element
 * starts.
 *
 * @returns a function that registers the others instead
 */
export function replaceProviders(providers: Providers, others: Providers): () => void {
  let isInUse = true;
  registerAll(providers);
  if (!customElements.get(tag)) {
    void customElements.whenDefined(tag).then(() => {
      // An element of this copy has the providers already.
      if (isInUse && findRegister() !== register) registerAll(providers);
    });
  }
  return () => {
    isInUse = false;
    registerAll(others);
  };
}

function registerAll(providers: Providers): void {
  const registerWithElement = findRegister();
  if (!registerWithElement) {
    warnOnce(
      'unreachable-stand-ins',
      '`useStandIns()` has no effect, because the `<pay-checkout>` of this page has no `register()`. ' +
        'Load one version of pay-checkout only, in a browser that it supports.',
    );
  }
  for (const [name, provider] of Object.entries(providers)) (registerWithElement ?? register)(name, provider);
}

/** Returns the function of the element's own registry, or of this copy's registry as long as there is no element. */
function findRegister(): typeof register | undefined {
  const element = customElements.get(tag) as { readonly register?: typeof register } | undefined;
  return element ? element.register : register;
}
