import { folderOf, type BuiltInName } from '../../providers/built-in.js';
import type { ReadToken } from '../../endpoint/read-token.js';
import { parse, ShapeError } from '../../shared/schema.js';
import { ok, wrong, type Finding } from './finding.js';
import { findFormProblems } from './form-problems.js';
import { providerForms } from '../../serve/config/provider-table.js';
import type { CheckTarget } from './target.js';

/** Checks whether the form can open with the token's `config` and that of the page, in the words of the provider. */
export function checkConfig(read: ReadToken, { provider, body }: CheckTarget, pageConfig: Readonly<Record<string, unknown>>): Finding[] {
  const config = { ...pageConfig, ...read.config };
  const problems = findFormProblems(providerForms[folderOf(body.provider as BuiltInName)], config);
  if (problems.some(({ level }) => level === 'wrong')) return problems;
  // The element's own check comes last, because it names only the first mistake.
  try {
    const parsed = parse(provider.config, config, 'The `config`');
    const note = provider.needsGesture?.(parsed) ? '; the tag needs `loading="manual"` to open it' : '';
    return problems.length > 0 ? problems : [ok('config', `it has what the form needs${note}.`)];
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return [...problems, wrong('config', error.message)];
  }
}
