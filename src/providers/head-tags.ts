import { earlyToken } from './early-token.js';
import { assets as izipay } from './izipay/assets.js';
import { assets as payme } from './payme/assets.js';
import { assets as payroc } from './payroc/assets.js';
import type { Assets, Environment } from './provider.js';
import { scriptHashes } from './script-hashes.js';

const allAssets: Readonly<Record<string, Readonly<Partial<Record<Environment, Assets>>>>> = { izipay, payme, payroc };

/** What the tag on the page says, in the same words; and how the page loads the checkout. */
export interface HeadTagsOptions {
  readonly provider: 'izipay' | 'payme' | 'payroc';
  /** Default `production`, as the element's. */
  readonly environment?: Environment;
  readonly order?: string;
  /** URL, relative to the page or absolute. Without it, no token is asked for: a tag that waits for the shopper, or asks by `requestToken`, could not use it. */
  readonly tokenEndpoint?: string;
  /** Default `same-origin`, as the element's. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** URL of `pay-checkout.min.js`, with its adapters beside it. Leave it out where a bundler has the checkout in the page's own script. */
  readonly script?: string;
  /** Of the page's Content-Security-Policy. */
  readonly nonce?: string;
}

/**
 * HTML for the head of a page with a checkout, so that the token, the provider's files and ours are on their way from the first line.
 * It comes before the page's style sheets, which an inline script waits for.
 *
 * @throws {RangeError} for a provider that is not one of ours, or an environment that it has not
 */
export function headTags(options: HeadTagsOptions): string {
  const { provider, environment = 'production', tokenEndpoint, script, nonce } = options;
  const { script: library, styles = [] } = assetsOf(provider, environment);
  return [
    ...(tokenEndpoint ? [tokenScript(options)] : []),
    ...(library ? [preload('script', { href: library.url, nonce, ...pinned(library.integrity) })] : []),
    ...styles.map((href) => preload('style', { href, nonce })),
    ...(script ? ownScripts(script, provider, nonce) : []),
  ].join('\n');
}

function tokenScript({ provider, environment = 'production', order, tokenEndpoint, credentials, nonce }: HeadTagsOptions): string {
  const asked = { provider, environment, order: order || undefined, 'token-endpoint': tokenEndpoint, credentials };
  const data = Object.fromEntries(Object.entries(asked).map(([name, value]) => [`data-${name}`, value]));
  return `${tag('script', { nonce, ...data })}\n${earlyToken}\n</script>`;
}

type Attributes = Readonly<Record<string, string | true | undefined>>;

function ownScripts(src: string, provider: string, nonce?: string): string[] {
  const adapter = `pay-checkout-${provider}.min.js`;
  return [
    preload('script', { href: src.replace(/[^/?#]*(?=[?#]|$)/, adapter), nonce, ...pinned(hashOf(adapter)) }),
    `${tag('script', { src, nonce, ...pinned(hashOf('pay-checkout.min.js')), defer: true })}</script>`,
  ];
}

/** Without its hash a preload would not be used for a script that has one. What is no hash asks for nothing. */
function hashOf(file: string): string {
  return scriptHashes[file] ?? 'sha384-…';
}

function pinned(integrity?: string): Attributes {
  return integrity ? { integrity, crossorigin: 'anonymous' } : {};
}

function preload(as: 'script' | 'style', attributes: Attributes): string {
  return tag('link', { rel: 'preload', as, ...attributes });
}

function tag(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) => {
    if (value === undefined) return [];
    return value === true ? [attribute] : [`${attribute}="${escape(value)}"`];
  });
  return `<${[name, ...written].join(' ')}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(value: string): string {
  return value.replace(/[&<>"]/g, (character) => entities[character]!);
}

function assetsOf(provider: string, environment: Environment): Assets {
  const known = Object.hasOwn(allAssets, provider) ? allAssets[provider] : undefined;
  if (!known) throw new RangeError(`headTags(): \`provider\` should be one of ${Object.keys(allAssets).join(', ')}.`);
  const found = Object.hasOwn(known, environment) ? known[environment] : undefined;
  if (found) return found;
  throw new RangeError(`headTags(): \`environment\` should be one of ${Object.keys(known).join(', ')} for ${provider}.`);
}
