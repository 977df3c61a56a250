import { backOffs, tries, tryLimit, type Course, type Engine, type Said } from './terms.js';

export interface ScriptFault {
  readonly name: string;
  readonly how: string;
  /** How the server delivers it. */
  readonly served: 'ok' | '404' | 'hang' | 'wrong' | 'blocked';
  /** What it does when it is evaluated. */
  readonly runs?: 'no global' | 'throws';
  /** The directive of the page's policy that forbids it. */
  readonly blocks?: string;
  /** Only of a script that is pinned by its hash. */
  readonly isPinned?: true;
  tell(script: Told): { readonly says?: Said; readonly course: Course };
}

export interface Told extends Pick<Engine, 'tellsStatus' | 'reportsContentType'> {
  /** Whether the script is fetched by its hash, and so with CORS. */
  readonly isPinned: boolean;
}

const once = tries(0);
const thrice = tries(0, backOffs);
/** Where nothing is told of what failed, the file is looked at once more, without its hash. */
const andLooked: Course = { at: [...thrice.at, thrice.end], end: thrice.end };

export const fineScript: ScriptFault = { name: 'fine', how: 'it leaves the library', served: 'ok', tell: () => ({ course: once }) };

export const scriptFaults: readonly ScriptFault[] = [
  fineScript,
  {
    name: '404',
    how: 'the host answers 404; without CORS that looks the same as an ad blocker',
    served: '404',
    tell({ isPinned, tellsStatus }) {
      if (isPinned && tellsStatus) return { says: 'asset / http', course: thrice };
      return { says: 'asset / unreachable', course: isPinned ? andLooked : thrice };
    },
  },
  {
    name: 'hangs',
    how: 'the host never answers',
    served: 'hang',
    tell: () => ({ says: 'asset / timeout', course: tries(tryLimit, backOffs) }),
  },
  {
    name: 'wrong bytes',
    how: 'the file is not the one of its integrity hash',
    served: 'wrong',
    isPinned: true,
    tell: ({ reportsContentType }) => ({ says: 'asset / integrity', course: reportsContentType ? once : andLooked }),
  },
  {
    name: 'no global',
    how: 'it runs and leaves nothing on `window`, as under an AMD loader',
    served: 'ok',
    runs: 'no global',
    tell: () => ({ says: 'asset / missing-global', course: once }),
  },
  {
    name: 'throws',
    how: 'it throws while it is evaluated',
    served: 'ok',
    runs: 'throws',
    tell: () => ({ says: 'asset / missing-global', course: once }),
  },
  {
    name: 'blocked by CSP',
    how: "the page's policy forbids its host",
    served: 'blocked',
    blocks: 'script-src',
    tell: () => ({ says: 'asset / blocked', course: { at: [], end: 0 } }),
  },
];
