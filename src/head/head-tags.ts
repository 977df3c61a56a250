import { builtInAssets, type BuiltInName } from '../providers/built-in.js';
import { earlyTokenScript } from './early-token.js';
import type { Assets } from '../providers/provider.js';
import type { Environment } from '../shared/environment.js';
import { isRecord, describeKind } from '../shared/schema.js';
import { isSecureUrl } from '../shared/endpoint-url.js';
import { version } from '../shared/version.js';
import { findScriptFiles, replaceFile } from './find-script-files.js';
import { selectProviders } from './select-providers.js';
import { scriptHashes } from './script-hashes.js';
import { credentialsModes, type CredentialsMode } from '../shared/credentials-modes.js';

/** The values of the tag's attributes, and how the page loads the checkout. */
export interface HeadTagsOptions {
  readonly provider: BuiltInName;
  /** The names of the providers that may follow, separated by spaces. Their files are not preloaded. */
  readonly fallback?: string;
  /** Default `production`, as for the element. */
  readonly environment?: Environment;
  readonly order?: string;
  /** URL, relative to the page or absolute. Leave it out for a tag that waits for the shopper or has `requestToken`: it could not use an early token. */
  readonly tokenEndpoint?: string;
  /** Default `same-origin`, as for the element. */
  readonly credentials?: CredentialsMode;
  /**
   * URL of `pay-checkout.min.js`, or of the file with only this provider. With that file, each fallback gets a tag for its own, from the
   * same folder. Leave it out if the page's own bundle contains the checkout.
   */
  readonly script?: string;
  /** The nonce of the page's Content Security Policy. */
  readonly nonce?: string;
}

/**
 * Returns HTML for the head of a page with a checkout. With it, the page requests the token, the provider's files and our script at
 * once. Put it before the page's style sheets, because an inline script waits for the style sheets before it.
 *
 * @throws {RangeError} for an invalid option. The message names it and what was expected.
 */
export function headTags(options: HeadTagsOptions): string {
  checkOptions(options);
  const { tokenEndpoint, script, nonce } = options;
  const selected = selectProviders<Assets>(builtInAssets, options, 'headTags');
  // The files of a fallback would take bandwidth from those of the first provider.
  const [[, { script: library, styles = [] }]] = selected;
  const providers = selected.map(([name]) => name);
  return [
    ...(tokenEndpoint ? [createTokenScript(options)] : []),
    ...(library ? [createPreload('script', { href: library.url, nonce, ...createIntegrity(library.integrity) })] : []),
    ...styles.map((href) => createPreload('style', { href, nonce })),
    ...(script ? createScriptTags(script, providers, nonce) : []),
  ].join('\n');
}

function createTokenScript(options: HeadTagsOptions): string {
  const { provider, environment = 'production', order, fallback, tokenEndpoint, credentials, nonce } = options;
  const optional = { order: order || undefined, fallback: fallback || undefined };
  const attributes = { provider, environment, ...optional, 'token-endpoint': tokenEndpoint, credentials };
  const data = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`data-${name}`, value]));
  return `${createTag('script', { nonce, ...data })}\n${earlyTokenScript}\n</script>`;
}

type Attributes = Readonly<Record<string, string | true | undefined>>;

function createScriptTags(script: string, providers: readonly BuiltInName[], nonce?: string): string[] {
  const [own, ...others] = findScriptFiles(script, providers, 'headTags');
  const tags = others.map((file) => createScriptTag(replaceFile(script, file), file, nonce));
  // The first attempt begins with the last of them, and the token endpoint may say at once that another provider must follow.
  return [...tags, createScriptTag(script, own, nonce)];
}

/** When the package runs from source there are no hashes. The browser skips the integrity check for the placeholder. */
function createScriptTag(src: string, file: string, nonce?: string): string {
  const integrity = scriptHashes[file] ?? 'sha384-…';
  return `${createTag('script', { src, nonce, ...createIntegrity(integrity), defer: true })}</script>`;
}

function createIntegrity(integrity?: string): Attributes {
  return integrity ? { integrity, crossorigin: 'anonymous' } : {};
}

function createPreload(as: 'script' | 'style', attributes: Attributes): string {
  return createTag('link', { rel: 'preload', as, ...attributes });
}

function createTag(name: string, attributes: Attributes): string {
  const texts = Object.entries(attributes).flatMap(([attribute, value]) => {
    if (value === undefined) return [];
    return value === true ? [attribute] : [`${attribute}="${escape(value)}"`];
  });
  return `<${[name, ...texts].join(' ')}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(value: string): string {
  return value.replace(/[&<>"]/g, (character) => entities[character]!);
}

function checkOptions(options: HeadTagsOptions): void {
  if (!isRecord(options)) throw new RangeError(`headTags(): expected an object of options, but it was ${describeKind(options)}.`);
  for (const name of ['order', 'tokenEndpoint', 'script', 'nonce'] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'string') throw createError(name, 'a string', describeKind(value));
  }
  const { tokenEndpoint, credentials, script } = options;
  if (tokenEndpoint && !isEndpoint(tokenEndpoint))
    throw createError('tokenEndpoint', 'an https URL (http on a loopback host only), or relative to the page');
  if (credentials && !credentialsModes.includes(credentials)) throw createError('credentials', `one of ${credentialsModes.join(', ')}`);
  const [, scriptVersion] = /\/pay-checkout@(\d[^/]*)\//.exec(script ?? '') ?? [];
  if (scriptVersion && scriptVersion !== version) {
    throw createError('script', `of version ${version}, as this package and its hashes are`, `of ${scriptVersion}`);
  }
}

/** Whether a tag on a secure page would send its request there. */
function isEndpoint(endpoint: string): boolean {
  const page = 'https://page.invalid';
  return URL.canParse(endpoint, page) && isSecureUrl(new URL(endpoint, page));
}

function createError(name: string, expected: string, found?: string): RangeError {
  return new RangeError(`headTags(): \`${name}\` should be ${expected}${found ? `, but was ${found}` : ''}.`);
}
