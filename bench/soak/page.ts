// Runs in the page: mounts and removes forms, and counts the remains.
import '../../src/index.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { useStandIns } from '../../src/testing.js';
import { libraryCycles } from './library-alone.js';

export interface Counts {
  readonly timers: number;
  /** The children of the head and the body. */
  readonly children: number;
  readonly styleSheets: number;
}

export interface SoakPage {
  /** @returns the milliseconds of each cycle */
  run(provider: ProviderName, by: 'element' | 'library alone', cycles: number): Promise<number[]>;
  counts(): Counts;
}

const timers = countTimers();
useStandIns({ assets: '/stand-in/' });

async function run(provider: ProviderName, by: 'element' | 'library alone', cycles: number): Promise<number[]> {
  const cycle = by === 'element' ? () => elementCycle(provider) : await libraryCycles(provider);
  const times: number[] = [];
  for (let n = 0; n < cycles; n++) {
    const start = performance.now();
    await cycle();
    times.push(performance.now() - start);
  }
  return times;
}

async function elementCycle(provider: ProviderName): Promise<void> {
  const element = document.createElement('pay-checkout');
  Object.assign(element, { provider, environment: 'sandbox', tokenEndpoint: '/api/pay/token', order: 'A-1001' });
  const ready = new Promise<void>((resolve, reject) => {
    element.addEventListener('pay-ready', () => resolve());
    element.addEventListener('pay-failed', ({ state }) => reject(state.error));
  });
  document.body.append(element);
  await ready;
  element.remove();
}

/** Tracks the pending timers. It stores only their ids, so that it keeps no callback alive. */
function countTimers(): Set<number> {
  const waiting = new Set<number>();
  const { setTimeout: set, clearTimeout: clear, setInterval: interval } = window as Window;
  const timeout = (callback: () => void, ms?: number) => {
    const id = set.call(window, () => (waiting.delete(id), callback()), ms);
    waiting.add(id);
    return id;
  };
  const end = (id?: number) => (waiting.delete(id!), clear.call(window, id));
  const repeat = (...given: Parameters<typeof interval>) => {
    const id = interval.apply(window, given);
    waiting.add(id);
    return id;
  };
  // Browsers take the ids of both kinds in both functions.
  Object.assign(window, { setTimeout: timeout, clearTimeout: end, setInterval: repeat, clearInterval: end });
  return waiting;
}

function counts(): Counts {
  const children = document.head.childElementCount + document.body.childElementCount;
  return { timers: timers.size, children, styleSheets: document.adoptedStyleSheets.length };
}

Object.assign(window, { soak: { run, counts } satisfies SoakPage });
