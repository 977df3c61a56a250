/** Calls back once, when the shopper first types or clicks in the container; in an iframe only the focus can be seen. */
export function whenTouched(container: HTMLElement, callback: () => void, signal: AbortSignal): void {
  const touching = new AbortController();
  const touched = () => {
    touching.abort();
    callback();
  };
  const intoFrame = () => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLIFrameElement && container.contains(activeElement)) touched();
  };
  for (const type of ['input', 'keydown', 'pointerdown']) container.addEventListener(type, touched, { signal: touching.signal });
  window.addEventListener('blur', intoFrame, { signal: touching.signal });
  signal.addEventListener('abort', () => touching.abort(), { signal: touching.signal });
}
