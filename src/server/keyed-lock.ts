import { unlessAborted } from '../shared/signals.js';

/** Milliseconds after which a lock is released although its work has not ended, so that work that hangs blocks nothing for ever. */
const longestHold = 60_000;

interface Hold {
  readonly lock: KeyedLock;
  readonly key: string;
  isHeld: boolean;
  readonly outer?: Hold;
}

interface HoldStorage {
  run<T>(hold: Hold, work: () => T): T;
  getStore(): Hold | undefined;
}

/** Runs work with the same key one after the other, in this process. Work that calls `run` again with its own key is not blocked. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #holds = getHoldStorage();

  /**
   * Waits for earlier work with this key, and then runs `work`. If `signal` aborts, the caller stops waiting: work that has not begun is
   * dropped, and work that has begun keeps the lock until it ends.
   */
  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const outer = this.#holds.getStore();
    if (isHolding(outer, this, key)) return work();
    const { earlier, release } = this.#enqueue(key);
    try {
      await unlessAborted(signal, earlier);
    } catch (error) {
      release();
      throw error;
    }
    const hold: Hold = { lock: this, key, isHeld: true, ...(outer && { outer }) };
    const timer = setTimeout(release, longestHold);
    const running = this.#holds.run(hold, work).finally(() => {
      hold.isHeld = false;
      clearTimeout(timer);
      release();
    });
    return unlessAborted(signal, running);
  }

  #enqueue(key: string): { earlier: Promise<void>; release: () => void } {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const earlier = this.#tails.get(key) ?? Promise.resolve();
    const tail = earlier.then(() => held);
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    return { earlier, release };
  }
}

function isHolding(hold: Hold | undefined, lock: KeyedLock, key: string): boolean {
  if (!hold) return false;
  return (hold.isHeld && hold.lock === lock && hold.key === key) || isHolding(hold.outer, lock, key);
}

interface AsyncHooks {
  readonly AsyncLocalStorage: new () => HoldStorage;
}

/** Shared by all locks: Node 20 visits each instance whenever a promise is created. */
let sharedStorage: HoldStorage | undefined;

/**
 * Follows the work of a lock through its asynchronous calls. Without an import, because browsers and some edge runtimes lack the module:
 * a call from inside the work then waits until it is aborted.
 */
function getHoldStorage(): HoldStorage {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => AsyncHooks | undefined } };
  const hooks = process?.getBuiltinModule?.('node:async_hooks');
  return hooks ? (sharedStorage ??= new hooks.AsyncLocalStorage()) : { run: (_, work) => work(), getStore: () => undefined };
}
