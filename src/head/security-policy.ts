import { version } from '../shared/version.js';
import { chosen } from '../providers/select-provider.js';
import { earlyTokenHash } from './early-token.js';
import { builtInSecurity, type BuiltInName } from '../providers/built-in.js';
import { ownFile } from './find-script-file.js';
import type { Environment } from '../shared/environment.js';
import type { ListedScript } from '../providers/security-facts.js';

export type { ListedScript };

export interface SecurityPolicyOptions {
  readonly provider: BuiltInName;
  /** Default `production`, as the element's. */
  readonly environment?: Environment;
  /** Whether the page has the lines of `headTags()`, which have a script in them. */
  readonly head?: boolean;
  /** Name or URL of our file on the page. Default `pay-checkout.min.js`, which has every provider. */
  readonly script?: string;
}

/** What a page with one provider's checkout needs of its Content-Security-Policy, and what a PCI DSS audit asks of its scripts. */
export interface SecurityPolicy {
  /** Sources by directive. `'self'` stands for our own scripts and for both endpoints. */
  readonly directives: Readonly<Record<string, readonly string[]>>;
  /** The inventory of PCI DSS 6.4.3, as far as the checkout goes. */
  readonly scripts: readonly ListedScript[];
  /** Sentences about what nobody has published, or what was never tried with the real provider. */
  readonly unconfirmed: readonly string[];
}

const ours = (file: string): ListedScript => ({
  source: `pay-checkout@${version}/dist/${file}`,
  purpose: 'Requests a token from the shop, loads the library of the provider, and opens its payment form.',
  assurance: `The hash in \`dist/${file}.sri\`, as the \`integrity\` of its tag; or the build of the shop that it is bundled into.`,
});

const earlyTokenScript: ListedScript = {
  source: `the inline script of headTags(), pay-checkout@${version}`,
  purpose: 'Asks the shop for a token before any other script is there, and hands it to the first one listed here.',
  assurance: 'Its hash in the `script-src` of the page, or the nonce of the page; its code is the same on every page.',
};

/**
 * Always the same for the same question; nothing is looked up.
 *
 * @throws {RangeError} for a provider that is not one of ours, an environment that it has not, or the file of another provider
 */
export function securityPolicy(options: SecurityPolicyOptions): SecurityPolicy {
  const { provider, environment = 'production', head = false, script: file = '' } = options;
  const { sources, scripts, unconfirmed } = chosen(builtInSecurity, { provider, environment }, 'securityPolicy')();
  const { 'script-src': script, 'connect-src': connect = [], ...others } = sources;
  return {
    directives: {
      'script-src': ["'self'", ...(head ? [`'${earlyTokenHash}'`] : []), ...script],
      'connect-src': ["'self'", ...connect],
      ...others,
      // A second copy of ours, or of lit, makes its policy a second time.
      'trusted-types': ['pay-checkout', 'lit-html', "'allow-duplicates'"],
    },
    scripts: [ours(ownFile(file, provider, 'securityPolicy')), ...(head ? [earlyTokenScript] : []), ...scripts],
    unconfirmed,
  };
}
