import type { Status } from '../state/state.js';
import { onWindowBlur } from '../page/window-blur.js';

const progress = '[part=progress]';
/** Where the focus goes when the part that had it is gone; else to the message of that state. */
const places: Partial<Record<Status, string>> = { idle: '[part=start]', loading: progress, initializing: progress, confirming: progress };

export interface FocusKeeper {
  /** Puts the focus where it belongs in that state, if it was in the element and was lost. */
  restore(root: ShadowRoot, status: Status): void;
  /** Follows the focus no longer, until the next state. */
  end(): void;
}

/** Keeps the focus inside the element if it was there, and never takes it from elsewhere. */
export function focusWithin(host: HTMLElement): FocusKeeper {
  const holder = new Holder(host);
  let shown: Status = 'idle';
  return {
    restore(root, status) {
      if (status === shown) return;
      shown = status;
      holder.watchFrames();
      if (!holder.isKnown || !isLost(root)) return;
      const target = status === 'ready' ? focusable(formOf(host)) : root.querySelector<HTMLElement>(places[status] ?? `.${status}`);
      target?.focus();
    },
    end: () => holder.end(),
  };
}

/** What in the element has the focus, or had it until it was removed, hidden or disabled. */
class Holder {
  readonly #host: HTMLElement;
  #element?: HTMLElement;
  #watching?: AbortController;

  constructor(host: HTMLElement) {
    this.#host = host;
    host.addEventListener('focusin', (event) => (this.#element = event.composedPath()[0] as HTMLElement));
    host.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget) this.#element = undefined;
      else this.#ask();
    });
  }

  get isKnown(): boolean {
    return this.#element !== undefined;
  }

  /** An iframe that takes the focus shows only by the window's losing it. */
  watchFrames(): void {
    if (this.#watching || !this.#host.isConnected) return;
    const { signal } = (this.#watching = new AbortController());
    onWindowBlur(() => this.#note(), signal);
    window.addEventListener('focus', () => this.#ask(), { signal });
  }

  end(): void {
    this.#watching?.abort();
    this.#watching = undefined;
  }

  #note(): void {
    const { activeElement } = document;
    if (formOf(this.#host)?.contains(activeElement)) this.#element = activeElement as HTMLElement;
  }

  /** Whether the shopper left what had the focus, rather than that it was taken away: an event comes before its cause is done. */
  #ask(): void {
    queueMicrotask(() => {
      const element = this.#element;
      if (!element?.checkVisibility() || element.matches(':disabled, :focus') || !document.hasFocus()) return;
      this.#element = undefined;
    });
  }
}

/** Nothing has the focus, or what has it was just hidden and is about to lose it. */
function isLost({ activeElement, ownerDocument }: ShadowRoot): boolean {
  return activeElement ? activeElement.closest('[hidden]') !== null : ownerDocument.activeElement === ownerDocument.body;
}

/** The mount, wherever it stands. */
function formOf({ shadowRoot }: HTMLElement): Element | undefined {
  return shadowRoot?.querySelector<HTMLSlotElement>('slot[name=form]')?.assignedElements({ flatten: true })[0];
}

function focusable(form: Element | undefined): HTMLElement | undefined {
  form?.setAttribute('tabindex', '-1');
  return form as HTMLElement | undefined;
}
