import { hosts } from '../../providers/payroc/contract.js';
import type { StandInFile } from '../descriptor.js';

/** What Payroc's CDN serves: the library's file, and no style sheet. */
export function payrocFiles(script?: () => string | Promise<string>): ReadonlyMap<string, StandInFile> {
  if (!script) return new Map();
  return new Map(Object.values(hosts).map(({ url }) => [url, { type: 'text/javascript', read: script }]));
}
