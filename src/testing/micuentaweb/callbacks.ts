import type { KrCallback, KrEvent } from './types.js';

/** The events that hold one callback. A later one replaces it (*measured in the 2022 build*). */
const singles: readonly KrEvent[] = ['onError', 'onSubmit', 'onTransactionCreated'];

/** The events that call a late callback at once (*measured in the 2022 build*). */
const remembered: readonly KrEvent[] = ['onFormCreated', 'onLoaded', 'onFormReady'];

/** The callbacks of the page. */
export class Callbacks {
  readonly #byEvent = new Map<KrEvent, KrCallback[]>();
  readonly #occurred = new Set<KrEvent>();

  /** Registers a callback. Functions are compared by their source text, and the later one is kept (*measured in the 2022 build*). */
  add(event: KrEvent, callback: KrCallback): void {
    const others = this.#findAll(event).filter((one) => !singles.includes(event) && String(one) !== String(callback));
    this.#byEvent.set(event, [...others, callback]);
    if (this.#occurred.has(event)) callback();
  }

  /** Calls the callbacks, and returns what they return. One that throws returns false. */
  call(event: KrEvent, argument?: unknown): unknown[] {
    if (remembered.includes(event)) this.#occurred.add(event);
    return this.#findAll(event).map((callback) => callOne(callback, argument));
  }

  clear(): void {
    this.#byEvent.clear();
    this.#occurred.clear();
  }

  #findAll(event: KrEvent): KrCallback[] {
    return this.#byEvent.get(event) ?? [];
  }
}

function callOne(callback: KrCallback, argument: unknown): unknown {
  try {
    return argument === undefined ? callback() : callback(argument);
  } catch {
    return false;
  }
}
