import { nextFrame } from '@open-wc/testing';

/** Milliseconds of real time to wait. Shorter than the test timeout, so that the error can name what is pending. */
export const patience = 15_000;
export const realTime = performance.now.bind(performance);
const realTimer = setTimeout.bind(window);
const clearRealTimer = clearTimeout.bind(window);

/** Turns of the event loop without pending work, after which all window messages and promises have been handled. */
const quietTurns = 20;
/** Turns with pending work after which the page pauses. Most work is shorter, and more turns would slow down the other work. */
const busyTurns = 50;
/** Milliseconds of such a pause. */
const pauseTime = 2;

/** Methods whose work runs in the browser's own threads, at the speed of the machine. */
const works: [owner: object, methods: string[]][] = [
  [Request.prototype, ['json', 'text']],
  [Response.prototype, ['json', 'text']],
  [SubtleCrypto.prototype, ['digest', 'importKey', 'sign', 'verify']],
];

const { port1, port2 } = new MessageChannel();
const turns: (() => void)[] = [];
port1.onmessage = () => turns.shift()?.();

const underWay = new Set<Promise<unknown>>();
const occupations = new Set<() => boolean>();
const loadedFrames = new WeakSet<EventTarget>();

for (const [owner, methods] of works) for (const method of methods) count(owner as Record<string, Work>, method);
document.addEventListener('load', ({ target }) => loadedFrames.add(target as EventTarget), { capture: true });

// The pending work of one test, such as a body that never ends, must not delay the next test.
afterEach(() => underWay.clear());

type Work = (...args: unknown[]) => Promise<unknown>;

function count(owner: Record<string, Work>, method: string): void {
  const work = owner[method]!;
  owner[method] = function (...args) {
    const working = work.apply(this, args);
    underWay.add(working);
    const done = () => underWay.delete(working);
    working.then(done, done);
    return working;
  };
}

/** Counts other work of the browser as pending while `isUnderWay` returns true. Call the returned function to stop. */
export function busyWhile(isUnderWay: () => boolean): () => void {
  occupations.add(isUnderWay);
  return () => occupations.delete(isUnderWay);
}

/** Ignores lazy frames, because the browser decides when they load. */
function isBusy(): boolean {
  return (
    underWay.size > 0 ||
    [...occupations].some((isUnderWay) => isUnderWay()) ||
    [...document.querySelectorAll('iframe:not([loading=lazy])')].some((frame) => !loadedFrames.has(frame))
  );
}

/**
 * Waits until all work that needs neither a clock nor the network has ended, however long it takes: bodies are read, signatures are
 * created, iframes load, and the code that awaits them runs.
 */
export async function settled(): Promise<void> {
  const end = realTime() + patience;
  for (let quiet = 0, busy = 0; quiet < quietTurns; quiet++) {
    await turn();
    if (isBusy()) {
      quiet = 0;
      if (++busy > busyTurns) await new Promise((resolve) => realTimer(resolve, pauseTime));
    }
    if (realTime() > end) throw new Error('The browser is never done: a body does not end, or an iframe does not load.');
  }
}

/** Like `settled`, and also waits until observers have been notified and real timers of 0 ms have fired. */
export async function rendered(): Promise<void> {
  await nextFrame();
  await nextFrame();
  // On a busy machine, frames may run before earlier timers. Timers keep their order.
  await new Promise((resolve) => realTimer(resolve));
  await settled();
}

/**
 * Rejects after `patience` if the promise has not settled, so that a hanging test reports what it waited for.
 *
 * @param what describes the promise in the error
 */
export function withinPatience<T>(waiting: Promise<T>, what: () => string): Promise<T> {
  const limited = new Promise<T>((resolve, reject) => {
    const timer = realTimer(() => reject(new Error(`Nothing came within ${patience / 1000} s: ${what()}.`)), patience);
    void waiting.then(resolve, reject).finally(() => clearRealTimer(timer));
  });
  // A test may end without the result.
  limited.catch(() => {});
  return limited;
}

/** A turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    port2.postMessage(undefined);
  });
}
