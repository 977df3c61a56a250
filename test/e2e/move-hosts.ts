import { createHash } from 'node:crypto';
import type { ProviderName } from '../../demo/providers/index.js';
import { builtInAssets, folderOf, type BuiltInName } from '../../src/providers/built-in.js';

/**
 * Replaces the providers' hosts in a built file, and the hashes of their libraries by those of the stand-ins.
 *
 * @param urlOf returns the URL that replaces the host of a provider
 */
export function moveHosts(
  code: string,
  urlOf: (provider: ProviderName, host: string) => string,
  scripts: Readonly<Record<ProviderName, () => string>>,
): string {
  const changes = Object.entries(builtInAssets).flatMap(([name, { sandbox }]) => {
    const { url, integrity } = sandbox.script as { url: string; integrity?: string };
    const { origin, host } = new URL(url);
    const provider = folderOf(name as BuiltInName);
    const moved = [origin, urlOf(provider, host)] as const;
    return integrity ? [moved, [integrity, hashOf(scripts[provider]())] as const] : [moved];
  });
  return changes.reduce((text, [from, to]) => text.replaceAll(from, to), code);
}

export function hashOf(code: string): string {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}
