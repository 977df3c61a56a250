import type { HostedFieldsEvents } from './types.js';

type Callback = (payload: never) => void;

/** An event emitter that calls a callback once, even if it was added twice. */
export class Emitter {
  readonly #callbacks = new Map<string, Set<Callback>>();

  on(event: string, callback: Callback): void {
    const known = this.#callbacks.get(event) ?? new Set();
    this.#callbacks.set(event, known.add(callback));
  }

  removeListener(event: string, callback: Callback): void {
    this.#callbacks.get(event)?.delete(callback);
  }

  emit<Name extends keyof HostedFieldsEvents>(event: Name, payload: HostedFieldsEvents[Name]): void {
    for (const callback of this.#callbacks.get(event) ?? []) callback(payload as never);
  }
}
