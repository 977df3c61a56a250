import { useStandIns } from './use-stand-ins.js';

const tag = 'pay-checkout';

/**
 * Replaces the providers in the task that registers the tag, because an element of the page starts in a microtask after it. If the tag is
 * registered already, it replaces them at once.
 *
 * @param assets the URL under which a server serves the stand-ins
 */
export function useStandInsOnDefine(assets: string): void {
  if (customElements.get(tag)) return void useStandIns({ assets });
  const { define } = customElements;
  const replaceAfter: typeof define = (name, constructor, options) => {
    define.call(customElements, name, constructor, options);
    if (name === tag) useStandIns({ assets });
  };
  Object.assign(customElements, { define: replaceAfter });
}
