import { nextFrame } from '@open-wc/testing';

/** Milliseconds of real time, for what never ends: less than a test may take, so that it says so itself. */
export const patience = 15_000;
export const realTime = performance.now.bind(performance);
const realTimer = setTimeout.bind(window);
const clearRealTimer = clearTimeout.bind(window);

/** Turns of the event loop without work under way, after which every message between windows and every promise has had its say. */
const quietTurns = 20;
/** Turns with work under way after which the page pauses. Most work is shorter; turning on would take the processor from the rest. */
const busyTurns = 50;
/** Milliseconds of such a pause. */
const pauseTime = 2;

/** What the browser does in threads of its own, as fast as the machine lets it. */
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

// What a test leaves hanging, as a body that never ends, is no business of the next one.
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

/** Counts something else of which a test knows that the browser is at it, until what is given back is called. */
export function busyWhile(isUnderWay: () => boolean): () => void {
  occupations.add(isUnderWay);
  return () => occupations.delete(isUnderWay);
}

/** When a lazy frame loads is anybody's guess. */
function isBusy(): boolean {
  return (
    underWay.size > 0 ||
    [...occupations].some((isUnderWay) => isUnderWay()) ||
    [...document.querySelectorAll('iframe:not([loading=lazy])')].some((frame) => !loadedFrames.has(frame))
  );
}

/**
 * Lets everything happen that needs neither a clock nor the network, however long the browser takes for it: bodies are read,
 * signatures are made, iframes load, and whoever waits for them goes on.
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

/** The same, every observer has been told where its elements are, and what was put off by a real timer of 0 ms has been done. */
export async function rendered(): Promise<void> {
  await nextFrame();
  await nextFrame();
  // On a busy machine frames overtake timers; timers do not overtake one another.
  await new Promise((resolve) => realTimer(resolve));
  await settled();
}

/**
 * Rejects after `patience` if the promise has not settled, so that a test that hangs says what it waited for.
 *
 * @param what for the error
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
