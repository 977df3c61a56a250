/** The listeners and observers that code in this page has added and not removed since the count began. */
export interface Living {
  /** The types of the listeners on the document, the window and other targets that outlive an element. */
  readonly listeners: string[];
  readonly observers: string[];
  end(): void;
}

type Observer = { observe(...args: unknown[]): void; disconnect(): void };

const observers = ['MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'PerformanceObserver'] as const;

/** Counts listeners and observers from now on, except listeners on elements and signals, which are released with their owner. */
export function countLiving(): Living {
  const undo: (() => void)[] = [];
  const listeners = watchListeners(undo);
  const observing = watchObservers(undo);
  return {
    get listeners() {
      return listeners().sort();
    },
    get observers() {
      return [...observing.values()].sort();
    },
    end: () => undo.forEach((one) => one()),
  };
}

function watchListeners(undo: (() => void)[]): () => string[] {
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  let living: { target: EventTarget; type: string; callback: unknown; signal?: AbortSignal }[] = [];
  const drop = (...[target, type, callback]: [EventTarget, string, unknown]) => {
    living = living.filter((one) => one.target !== target || one.type !== type || one.callback !== callback);
  };
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, callback, options) {
    const target = this ?? window;
    add.call(target, type, callback, options);
    if (!outlives(target) || !callback) return;
    const { signal, once } = typeof options === 'object' ? options : {};
    if (signal?.aborted) return;
    drop(target, type, callback);
    living.push({ target, type, callback, signal });
    if (once) add.call(target, type, () => drop(target, type, callback), { once: true, signal });
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, callback, options) {
    remove.call(this ?? window, type, callback, options);
    drop(this ?? window, type, callback);
  };
  undo.push(() => Object.assign(EventTarget.prototype, { addEventListener: add, removeEventListener: remove }));
  return () => living.filter(({ signal }) => !signal?.aborted).map(({ type }) => type);
}

function outlives(target: EventTarget): boolean {
  return target === document || !(target instanceof Node || target instanceof AbortSignal || target instanceof MessagePort);
}

function watchObservers(undo: (() => void)[]): Map<unknown, string> {
  const living = new Map<unknown, string>();
  for (const name of observers) {
    const prototype = window[name].prototype as Observer;
    const { observe, disconnect } = prototype;
    prototype.observe = function (...args) {
      living.set(this, name);
      observe.apply(this, args);
    };
    prototype.disconnect = function () {
      living.delete(this);
      disconnect.call(this);
    };
    undo.push(() => Object.assign(prototype, { observe, disconnect }));
  }
  return living;
}
