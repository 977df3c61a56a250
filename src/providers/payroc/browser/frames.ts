import { onWindowBlur } from '../../../page/window-blur.js';
import { observeChanges } from '../../../page/observe-changes.js';
import type { Layout } from './layout.js';

type Targets = Layout['targets'];

/** What is called ready: the library shows all of its iframes at once, when the last of them is ready (*measured on 1.7.0*). */
export function allShown(targets: Targets): boolean {
  const frames = [...targets.values()].map((target) => target.querySelector('iframe'));
  return frames.every((frame) => frame?.style.opacity === '1');
}

/** What can be operated at the limit, should the library show its iframes in another way: whatever it does not hide. */
export const operable = 'iframe:not([style*="opacity:0"], [style*="opacity: 0"])';

/** The library removes all of its iframes when one of them never connected (*read in 1.7.0*). */
export function areGone(targets: Targets): boolean {
  return [...targets.values()].every((target) => target.querySelector('iframe') === null);
}

/** Gives every iframe its field's name, for screen readers: the library gives none (*measured on 1.7.0*). */
export function nameFrames(targets: Targets, nameOf: (field: string) => string, signal: AbortSignal): void {
  const name = () => {
    for (const [field, target] of targets) {
      for (const frame of target.querySelectorAll('iframe')) if (frame.title !== nameOf(field)) frame.title = nameOf(field);
    }
  };
  observeChanges([...targets.values()], name, { signal, attributes: true });
}

/** Calls back when the shopper goes into a field. */
export function whenEntered(targets: Targets, entered: () => void, signal: AbortSignal): void {
  const isField = (focused: Element | null) => [...targets.values()].some((target) => target.contains(focused));
  onWindowBlur((focused) => isField(focused) && entered(), signal);
}
