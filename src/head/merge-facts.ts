import type { SecurityFacts } from '../providers/security-facts.js';

/** Returns the facts of several providers as those of one, without duplicates. A sentence about one of them then names it. */
export function mergeFacts(all: readonly (readonly [provider: string, facts: SecurityFacts])[]): SecurityFacts {
  const [[, only], ...others] = all as [(typeof all)[number]];
  if (others.length === 0) return only;
  const facts = all.map(([, one]) => one);
  const scripts = new Map(facts.flatMap((one) => one.scripts).map((script) => [script.source, script]));
  return {
    sources: mergeSources(facts),
    scripts: [...scripts.values()],
    unconfirmed: all.flatMap(([provider, { unconfirmed }]) => unconfirmed.map((sentence) => `${provider}: ${sentence}`)),
  };
}

function mergeSources(facts: readonly SecurityFacts[]): SecurityFacts['sources'] {
  const directives = new Set(facts.flatMap(({ sources }) => Object.keys(sources)));
  const merge = (directive: string) => [...new Set(facts.flatMap(({ sources }) => sources[directive] ?? openSources[directive] ?? []))];
  const entries = [...directives].map((directive) => [directive, merge(directive)] as const);
  return { 'script-src': merge('script-src'), ...Object.fromEntries(entries) };
}

/**
 * The sources for a provider that cannot list its own. Pay-me's frames of 3-D Secure are on hosts that it names for each payment, and the
 * hosts of another provider would block them.
 */
const openSources: Readonly<Record<string, readonly string[]>> = { 'frame-src': ['https:'] };
