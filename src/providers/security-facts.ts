/** A script that runs in a payment page. PCI DSS 6.4.3 requires a list of them. */
export interface ListedScript {
  /** Its URL; for our own file its path in the package, and for a script that a provider's library adds its host. */
  readonly source: string;
  /** Its hash, if the file is versioned. */
  readonly integrity?: string;
  /** Why the page needs it. */
  readonly purpose: string;
  /** What detects a changed file, or why nothing can. */
  readonly assurance: string;
}

/** What one provider requires of a page's Content Security Policy. */
export interface SecurityFacts {
  /** Sources by directive, in addition to the page's own. */
  readonly sources: Readonly<Record<string, readonly string[]>> & { readonly 'script-src': readonly string[] };
  readonly scripts: readonly ListedScript[];
  /** Sentences about facts that are not published, or that were not tried with the real provider. */
  readonly unconfirmed: readonly string[];
}
