/** A script that runs in the page of a payment, as PCI DSS 6.4.3 wants each of them listed. */
export interface ListedScript {
  /** Its URL; of our own file where it lies in the package, and of what a provider adds by itself the host. */
  readonly source: string;
  /** Its hash, where its files are versioned. */
  readonly integrity?: string;
  /** Why the page needs it. */
  readonly purpose: string;
  /** What keeps it from being changed unnoticed, or why nothing can. */
  readonly assurance: string;
}

/** What one provider asks of a page's Content-Security-Policy. */
export interface SecurityFacts {
  /** Sources by directive, beside the page's own. */
  readonly sources: Readonly<Record<string, readonly string[]>> & { readonly 'script-src': readonly string[] };
  readonly scripts: readonly ListedScript[];
  /** Sentences about what nobody has published, or what was never tried with the real provider. */
  readonly unconfirmed: readonly string[];
}
