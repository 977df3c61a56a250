/**
 * Prevents a script from replacing the page's event handlers on `window`, such as `onload`, while it is evaluated. Assignments by the
 * page's own code still take effect.
 *
 * @returns restores the properties
 */
export function keepWindowHandlers(names: readonly string[], script: Element): () => void {
  const restores = names.map((name) => {
    const own = Object.getOwnPropertyDescriptor(window, name);
    if (!own?.set || !own.configurable) return () => {};
    const { set } = own;
    Object.defineProperty(window, name, {
      ...own,
      set: (handler: unknown) => {
        if (document.currentScript !== script) set.call(window, handler);
      },
    });
    return () => Object.defineProperty(window, name, own);
  });
  return () => restores.forEach((restore) => restore());
}
