import type { failures } from '../../src/state/errors.js';
import type { ProviderName } from '../../src/testing/providers.js';

type Failures = typeof failures;
type Reasoned = { [Code in keyof Failures]: `${Code} / ${Exclude<keyof Failures[Code], ''> & string}` };

/** What an error says, as in `endpoint / http`. */
export type Said = Reasoned[keyof Failures] | 'declined';

/** When something is asked for, its tries included, and when that is over. Milliseconds since it began. */
export interface Course {
  readonly at: readonly number[];
  readonly end: number;
}

export type ByProvider<T> = Readonly<Record<ProviderName, T>>;

/** What a browser tells a page. */
export interface Engine {
  /** What status an answer had that was fetched with CORS. */
  readonly tellsStatus: boolean;
  /** The content type of a response that arrived completely. */
  readonly reportsContentType: boolean;
  /** That its policy blocks a request, before the request has failed. */
  readonly tellsBlocksFirst: boolean;
}

/** Chromium and Firefox; WebKit is the opposite in each. */
export const mostEngines: Engine = { tellsStatus: true, reportsContentType: true, tellsBlocksFirst: false };

/** Milliseconds that each of the shop's endpoints takes to answer. */
export const answerTime = 100;
/** Milliseconds after which a try is given up, be it a request or a script (design, "Freshness" and "Assets"). */
export const tryLimit = 15_000;
/** Milliseconds after the first and the second of three tries, where chance makes each of them as long as it can be. */
export const backOffs = [400, 800] as const;

/** @param each milliseconds that a try takes */
export function tries(each: number, waits: readonly number[] = []): Course {
  const at = [0];
  for (const wait of waits) at.push(at.at(-1)! + each + wait);
  return { at, end: at.at(-1)! + each };
}

/** The times of two attempts that take equally long: milliseconds. */
export function twice(ms: number): readonly number[] {
  return [ms, ms];
}
