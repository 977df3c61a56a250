import { onWindowBlur } from '../../../page/window-blur.js';
import { observeChanges } from '../../../page/observe-changes.js';
import type { Layout } from './layout.js';

type Targets = Layout['targets'];

/** The form is ready when its iframes are shown: the library shows all of them when the last is ready (*measured on 1.7.0*). */
export function areFramesShown(targets: Targets): boolean {
  const frames = [...targets.values()].map((target) => target.querySelector('iframe'));
  return frames.every((frame) => frame?.style.opacity === '1');
}

/** Matches iframes that are not hidden. At the time limit this is enough, in case a later version shows its iframes in another way. */
export const shownFrameSelector = 'iframe:not([style*="opacity:0"], [style*="opacity: 0"])';

/** The library removes all of its iframes when one of them does not connect (*read in 1.7.0*). */
export function areFramesRemoved(targets: Targets): boolean {
  return [...targets.values()].every((target) => target.querySelector('iframe') === null);
}

/** Sets the `title` of each iframe for screen readers, because the library sets none (*measured on 1.7.0*). */
export function nameFrames(targets: Targets, getName: (field: string) => string, signal: AbortSignal): void {
  const name = () => {
    for (const [field, target] of targets) {
      for (const frame of target.querySelectorAll('iframe')) if (frame.title !== getName(field)) frame.title = getName(field);
    }
  };
  observeChanges([...targets.values()], name, { signal, attributes: true });
}

/** Calls back when the focus moves into a field. */
export function observeFieldFocus(targets: Targets, onFocus: () => void, signal: AbortSignal): void {
  const isField = (focused: Element | null) => [...targets.values()].some((target) => target.contains(focused));
  onWindowBlur((focused) => isField(focused) && onFocus(), signal);
}
