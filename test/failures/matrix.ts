import { findFailure, type ErrorCode, type ErrorReason } from '../../src/state/errors.js';
import { builtInAssets } from '../../src/providers/built-in.js';
import type { Assets } from '../../src/providers/provider.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { fineLibrary, libraryFaults, opening, refused, reopening, type LibraryFault } from './library-faults.js';
import { fineOutcome, outcomeFaults, type OutcomeFault } from './outcome-faults.js';
import { fineScript, scriptFaults, type ScriptFault } from './script-faults.js';
import { answerTime, mostEngines, type Course, type Said } from './terms.js';
import { fineToken, tokenFaults, type TokenFault } from './token-faults.js';

export interface Cell {
  readonly provider: ProviderName;
  readonly token: TokenFault;
  readonly script: ScriptFault;
  readonly library: LibraryFault;
  readonly outcome: OutcomeFault;
}

/** What must come of a cell. */
export interface Expected {
  /** `ready` where it goes well in the end: the shopper can pay. */
  readonly status: 'ready' | 'succeeded' | 'pending' | 'failed';
  readonly says?: Said;
  readonly retryable: boolean;
  /** The directive that the developer is told of. */
  readonly blocks?: string;
  /** Milliseconds since it began; where the form was paid, since it was reported. */
  readonly after: number;
  readonly attempts: number;
  /** How many requests were made by then. */
  readonly requests: Readonly<Record<'token' | 'script' | 'outcome', number>>;
}

/** Whether the script is pinned by a hash (design, "Assets"). */
export function isPinned(provider: ProviderName): boolean {
  const { script }: Assets = builtInAssets[provider].sandbox;
  return script?.integrity !== undefined;
}

/**
 * Lists the cells that can differ. Token and script load side by side, so all pairs of their faults count. A library can fail only if
 * both have loaded, and the outcome endpoint only after a payment.
 */
export function cellsOf(provider: ProviderName): Cell[] {
  const fine: Cell = { provider, token: fineToken, script: fineScript, library: fineLibrary, outcome: fineOutcome };
  const scripts = scriptFaults.filter((script) => !script.isPinned || isPinned(provider));
  return [
    ...tokenFaults.flatMap((token) => scripts.map((script) => ({ ...fine, token, script }))),
    ...libraryFaults.filter((library) => library !== fineLibrary).map((library) => ({ ...fine, library })),
    ...outcomeFaults.filter((outcome) => outcome !== fineOutcome).map((outcome) => ({ ...fine, outcome })),
  ];
}

/** What the axes would give if everything could go wrong with everything. */
export const fullProduct = [tokenFaults, scriptFaults, libraryFaults, outcomeFaults, providerNames].reduce(
  (product, { length }) => product * length,
  1,
);

export function expectedOf(cell: Cell, { tellsBlocksFirst, ...engine } = mostEngines): Expected {
  const { provider, outcome } = cell;
  const token = { ...cell.token, ...(tellsBlocksFirst && cell.token.courseIfTold && { course: cell.token.courseIfTold }) };
  const script = cell.script.tell({ isPinned: isPinned(provider), ...engine });
  // Of two at the same moment the script's is heard, which was begun first.
  const isTokenFirst = token.says && (!script.says || token.course.end < script.course.end);
  const says = isTokenFirst ? token.says : script.says;
  if (!says) return outcome === fineOutcome ? opened(cell) : paid(outcome, provider);
  const after = isTokenFirst ? token.course.end : script.course.end;
  const made = ({ at }: Course) => at.filter((ms) => ms <= after).length;
  const requests = { token: made(token.course), script: made(script.course), outcome: 0 };
  const { blocks } = isTokenFirst ? token : cell.script;
  return failed(says, { attempts: 1, after, requests, blocks }, isTokenFirst ? token.retryable : undefined);
}

type Measured = Pick<Expected, 'attempts' | 'after' | 'requests' | 'blocks'>;

function failed(says: Said, measured: Measured, retryable = isRetryable(says)): Expected {
  return { status: 'failed', says, retryable, ...measured };
}

/** Token and script came. */
function opened({ provider, token, library }: Cell): Expected {
  const { course, further, isSpent } = token;
  const requests = { token: course.at.length + (further?.course.at.length ?? 0), script: 1, outcome: 0 };
  const after = course.end + (further?.course.end ?? 0);
  if (further?.says) return failed(further.says, { attempts: 1, after, requests });
  const lasts = isSpent ? [refused.lasts[provider][0]!, reopening[provider]] : library.lasts[provider];
  const isOpen = library === fineLibrary && !isSpent;
  const again = (lasts.length - 1) * answerTime;
  const measured = {
    attempts: lasts.length,
    blocks: library.blocks?.[provider],
    after: after + again + lasts.reduce((sum, ms) => sum + ms, isOpen ? opening[provider] : 0),
    requests: { ...requests, token: requests.token + lasts.length - 1 },
  };
  if (library.says) return failed(library.says[provider], measured);
  return { status: 'ready', retryable: false, ...measured };
}

function paid({ course, ends }: OutcomeFault, provider: ProviderName): Expected {
  const { status, says, retryable } = ends[provider];
  const requests = { token: 1, script: 1, outcome: course.at.length };
  return { status, says, retryable: retryable ?? (says !== undefined && isRetryable(says)), attempts: 1, after: course.end, requests };
}

export function partsOf(says: Said): [ErrorCode, ErrorReason?] {
  return says.split(' / ') as [ErrorCode, ErrorReason?];
}

function isRetryable(says: Said): boolean {
  return findFailure(...(partsOf(says) as [ErrorCode, ErrorReason | undefined])).retryable;
}

/** *token 500 × script 404, with payroc: endpoint / http after 1.5 s* */
export function titleOf({ provider, token, script, library, outcome }: Cell, expected: Expected): string {
  const pair = `token ${token.name} × script ${script.name}`;
  const what = outcome !== fineOutcome ? `outcome ${outcome.name}` : library !== fineLibrary ? `library: ${library.name}` : pair;
  return `${what}, with ${provider}: ${wordsFor(expected)}`;
}

/** *endpoint / http after 1.5 s* */
export function wordsFor({ status, says, after }: Expected): string {
  const words = status === 'failed' ? says : [status, says].filter(Boolean).join(', ');
  return `${words} after ${secondsOf(after)}`;
}

export function secondsOf(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
