/**
 * Keeps the page's own event handlers of `window`, such as `onload`, from a script that would replace them while it is
 * evaluated. Whatever else is assigned meanwhile goes through, so the page's own code notices nothing.
 *
 * @returns puts the properties back as they were
 */
export function keepWindowHandlers(names: readonly string[], script: Element): () => void {
  const undo = names.map((name) => {
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
  return () => undo.forEach((one) => one());
}
