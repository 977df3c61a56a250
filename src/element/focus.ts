import type { Status } from '../state/state.js';
import { findMount } from '../page/mount.js';
import { isRendered } from '../page/visibility.js';
import { onWindowBlur } from '../page/window-blur.js';
import { AbortController } from '../shared/natives.js';

const progress = '[part=progress]';
/** The part that receives the focus in a state. In other states, the message receives it. */
const focusTargets: Partial<Record<Status, string>> = {
  idle: '[part=start]',
  loading: progress,
  initializing: progress,
  confirming: progress,
};

export interface FocusKeeper {
  /** Moves the focus to the state's target, if the element had the focus and lost it. */
  restore(root: ShadowRoot, status: Status): void;
  /** Stops following the focus until the next state. */
  end(): void;
}

/** Keeps the focus inside the element if it was there. It never takes the focus from elsewhere. */
export function createFocusKeeper(host: HTMLElement): FocusKeeper {
  const tracker = new FocusTracker(host);
  let shown: Status = 'idle';
  return {
    restore(root, status) {
      if (status === shown) return;
      shown = status;
      tracker.watchFrames();
      if (!tracker.isKnown || !isLost(root)) return;
      const target =
        status === 'ready' ? makeFocusable(findMount(host)) : root.querySelector<HTMLElement>(focusTargets[status] ?? `.${status}`);
      target?.focus();
    },
    end: () => tracker.end(),
  };
}

/** Knows which part of the element has the focus, or had it until the part was removed, hidden or disabled. */
class FocusTracker {
  readonly #host: HTMLElement;
  #element?: HTMLElement;
  #watching?: AbortController;

  constructor(host: HTMLElement) {
    this.#host = host;
    host.addEventListener('focusin', (event) => (this.#element = event.composedPath()[0] as HTMLElement));
    host.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget) this.#element = undefined;
      else this.#forgetIfLeft();
    });
  }

  get isKnown(): boolean {
    return this.#element !== undefined;
  }

  /** A page notices that an iframe takes the focus only because the window loses it. */
  watchFrames(): void {
    if (this.#watching || !this.#host.isConnected) return;
    const { signal } = (this.#watching = new AbortController());
    onWindowBlur(() => this.#noteFrame(), signal);
    window.addEventListener('focus', () => this.#forgetIfLeft(), { signal });
  }

  end(): void {
    this.#watching?.abort();
    this.#watching = undefined;
  }

  #noteFrame(): void {
    const { activeElement } = document;
    if (findMount(this.#host)?.contains(activeElement)) this.#element = activeElement as HTMLElement;
  }

  /** Forgets the part if the shopper left it. It waits a microtask, because `focusout` fires before the part is removed or disabled. */
  #forgetIfLeft(): void {
    queueMicrotask(() => {
      const element = this.#element;
      if (!element || !isRendered(element) || element.matches(':disabled, :focus') || !document.hasFocus()) return;
      this.#element = undefined;
    });
  }
}

/** Whether nothing has the focus, or the part with the focus was just hidden and is about to lose it. */
function isLost({ activeElement, ownerDocument }: ShadowRoot): boolean {
  return activeElement ? activeElement.closest('[hidden]') !== null : ownerDocument.activeElement === ownerDocument.body;
}

function makeFocusable(form: Element | undefined): HTMLElement | undefined {
  form?.setAttribute('tabindex', '-1');
  return form as HTMLElement | undefined;
}
