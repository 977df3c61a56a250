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

export const fineScript: ScriptFault = { name: 'fine', how: 'The script loads the library.', served: 'ok', tell: () => ({ course: once }) };

export const scriptFaults: readonly ScriptFault[] = [
  fineScript,
  {
    name: '404',
    how: 'The host returns 404. Without CORS, an ad blocker looks the same.',
    served: '404',
    tell({ isPinned, tellsStatus }) {
      if (isPinned && tellsStatus) return { says: 'asset / http', course: thrice };
      return { says: 'asset / unreachable', course: isPinned ? andLooked : thrice };
    },
  },
  {
    name: 'hangs',
    how: 'The host never responds.',
    served: 'hang',
    tell: () => ({ says: 'asset / timeout', course: tries(tryLimit, backOffs) }),
  },
  {
    name: 'wrong bytes',
    how: 'The file does not match its integrity hash.',
    served: 'wrong',
    isPinned: true,
    tell: ({ reportsContentType }) => ({ says: 'asset / integrity', course: reportsContentType ? once : andLooked }),
  },
  {
    name: 'no global',
    how: 'The script runs but creates no global.',
    served: 'ok',
    runs: 'no global',
    tell: () => ({ says: 'asset / missing-global', course: once }),
  },
  {
    name: 'throws',
    how: 'The script throws while it runs.',
    served: 'ok',
    runs: 'throws',
    tell: () => ({ says: 'asset / missing-global', course: once }),
  },
  {
    name: 'blocked by CSP',
    how: "The page's policy blocks the host.",
    served: 'blocked',
    blocks: 'script-src',
    tell: () => ({ says: 'asset / blocked', course: { at: [], end: 0 } }),
  },
];
