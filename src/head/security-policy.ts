import { version } from '../shared/version.js';
import { earlyTokenHash } from './early-token.js';
import { builtInSecurity, type BuiltInName } from '../providers/built-in.js';
import { findScriptFiles } from './find-script-files.js';
import { mergeFacts } from './merge-facts.js';
import { selectProviders } from './select-providers.js';
import type { Environment } from '../shared/environment.js';
import type { ListedScript, SecurityFacts } from '../providers/security-facts.js';

export type { ListedScript };

/** What the page loads. */
export interface SecurityPolicyOptions {
  readonly provider: BuiltInName;
  /** The names of the providers that may follow, separated by spaces. The policy and the list then cover all of them. */
  readonly fallback?: string;
  /** Default `production`, as for the element. */
  readonly environment?: Environment;
  /** Whether the page has the HTML of `headTags()`, which contains an inline script. */
  readonly head?: boolean;
  /**
   * Name or URL of our file on the page. Default `pay-checkout.min.js`, which has every provider. For the file with only this provider,
   * the list has the file of each fallback, too.
   */
  readonly script?: string;
}

/** The Content Security Policy that a page with a checkout needs, and the list of its scripts for a PCI DSS audit. */
export interface SecurityPolicy {
  /** Sources by directive. `'self'` covers our own scripts and both endpoints. */
  readonly directives: Readonly<Record<string, readonly string[]>>;
  /** The checkout's part of the inventory that PCI DSS 6.4.3 requires. */
  readonly scripts: readonly ListedScript[];
  /** Sentences about facts that are not published, or that were not tried with the real provider. */
  readonly unconfirmed: readonly string[];
}

const createPackageEntry = (file: string): ListedScript => ({
  source: `pay-checkout@${version}/dist/${file}`,
  purpose: 'Requests a token from the shop, loads the library of the provider, and opens its payment form.',
  assurance: `The hash in \`dist/${file}.sri\`, as the \`integrity\` of its tag; or the build of the shop that bundles it.`,
});

const earlyTokenEntry: ListedScript = {
  source: `the inline script of headTags(), pay-checkout@${version}`,
  purpose: 'Requests a token from the shop before any other script has loaded, and passes it to the first script listed here.',
  assurance: 'Its hash in the `script-src` of the page, or the nonce of the page; its code is the same on every page.',
};

/**
 * Returns the Content Security Policy and the script inventory for a page. It uses built-in facts only, without a request.
 *
 * @throws {RangeError} for an unknown provider, an environment that the provider lacks, or the file of another provider
 */
export function securityPolicy(options: SecurityPolicyOptions): SecurityPolicy {
  const { head = false, script: file = '' } = options;
  const selected = selectProviders<() => SecurityFacts>(builtInSecurity, options, 'securityPolicy');
  const { sources, scripts, unconfirmed } = mergeFacts(selected.map(([name, createFacts]) => [name, createFacts()]));
  const files = findScriptFiles(
    file,
    selected.map(([name]) => name),
    'securityPolicy',
  );
  const { 'script-src': script, 'connect-src': connect = [], ...others } = sources;
  return {
    directives: {
      'script-src': ["'self'", ...(head ? [`'${earlyTokenHash}'`] : []), ...script],
      'connect-src': ["'self'", ...connect],
      ...others,
      // A page may load a second copy of our script or of lit, which creates its policy again.
      'trusted-types': ['pay-checkout', 'lit-html', "'allow-duplicates'"],
    },
    scripts: [...files.map(createPackageEntry), ...(head ? [earlyTokenEntry] : []), ...scripts],
    unconfirmed,
  };
}
