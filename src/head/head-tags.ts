import { builtInAssets, type BuiltInName } from '../providers/built-in.js';
import { chosen } from '../providers/select-provider.js';
import { earlyToken } from './early-token.js';
import type { Environment } from '../shared/environment.js';
import { isRecord, describeKind } from '../shared/schema.js';
import { isSecureUrl } from '../shared/endpoint-url.js';
import { version } from '../shared/version.js';
import { ownFile } from './find-script-file.js';
import { scriptHashes } from './script-hashes.js';
import { credentialsModes, type CredentialsMode } from '../shared/credentials-modes.js';

/** What the tag on the page says, in the same words; and how the page loads the checkout. */
export interface HeadTagsOptions {
  readonly provider: BuiltInName;
  /** Default `production`, as the element's. */
  readonly environment?: Environment;
  readonly order?: string;
  /** URL, relative to the page or absolute. Without it, no token is asked for: a tag that waits for the shopper, or asks by `requestToken`, could not use it. */
  readonly tokenEndpoint?: string;
  /** Default `same-origin`, as the element's. */
  readonly credentials?: CredentialsMode;
  /** URL of `pay-checkout.min.js`, or of the file with this provider alone. Leave it out where a bundler has the checkout in the page's own script. */
  readonly script?: string;
  /** Of the page's Content-Security-Policy. */
  readonly nonce?: string;
}

/**
 * HTML for the head of a page with a checkout, so that the token, the provider's files and ours are on their way from the first line.
 * It comes before the page's style sheets, which an inline script waits for.
 *
 * @throws {RangeError} that names the option which is wrong, and what it should be
 */
export function headTags(options: HeadTagsOptions): string {
  checkOptions(options);
  const { provider, environment = 'production', tokenEndpoint, script, nonce } = options;
  const { script: library, styles = [] } = chosen(builtInAssets, { provider, environment }, 'headTags');
  return [
    ...(tokenEndpoint ? [tokenScript(options)] : []),
    ...(library ? [preload('script', { href: library.url, nonce, ...pinned(library.integrity) })] : []),
    ...styles.map((href) => preload('style', { href, nonce })),
    ...(script ? [ownScript(script, provider, nonce)] : []),
  ].join('\n');
}

function tokenScript({ provider, environment = 'production', order, tokenEndpoint, credentials, nonce }: HeadTagsOptions): string {
  const asked = { provider, environment, order: order || undefined, 'token-endpoint': tokenEndpoint, credentials };
  const data = Object.fromEntries(Object.entries(asked).map(([name, value]) => [`data-${name}`, value]));
  return `${tag('script', { nonce, ...data })}\n${earlyToken}\n</script>`;
}

type Attributes = Readonly<Record<string, string | true | undefined>>;

/** The source has no built files, and so no hashes: its placeholder makes the browser skip the integrity check. */
function ownScript(src: string, provider: string, nonce?: string): string {
  const integrity = scriptHashes[ownFile(src, provider, 'headTags')] ?? 'sha384-…';
  return `${tag('script', { src, nonce, ...pinned(integrity), defer: true })}</script>`;
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

function checkOptions(options: HeadTagsOptions): void {
  if (!isRecord(options)) throw new RangeError(`headTags(): expected an object of options, but it was ${describeKind(options)}.`);
  for (const name of ['order', 'tokenEndpoint', 'script', 'nonce'] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'string') throw wrong(name, 'a string', describeKind(value));
  }
  const { tokenEndpoint, credentials, script } = options;
  if (tokenEndpoint && !isEndpoint(tokenEndpoint))
    throw wrong('tokenEndpoint', 'an https URL (http on a loopback host only), or relative to the page');
  if (credentials && !credentialsModes.includes(credentials)) throw wrong('credentials', `one of ${credentialsModes.join(', ')}`);
  const [, other] = /\/pay-checkout@(\d[^/]*)\//.exec(script ?? '') ?? [];
  if (other && other !== version) throw wrong('script', `of version ${version}, as this package and its hashes are`, `of ${other}`);
}

/** Whether the tag would ask there, from a page that is secure itself. */
function isEndpoint(endpoint: string): boolean {
  const page = 'https://page.invalid';
  return URL.canParse(endpoint, page) && isSecureUrl(new URL(endpoint, page));
}

function wrong(name: string, expected: string, found?: string): RangeError {
  return new RangeError(`headTags(): \`${name}\` should be ${expected}${found ? `, but was ${found}` : ''}.`);
}
