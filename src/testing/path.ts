/** Where a provider's URL is served by a backend that has the stand-ins under `base`: `https://host/path` → `/stand-in/host/path`. */
export function toStandInUrl(base: string, url: string): string {
  const { host, pathname, search } = new URL(url);
  return new URL(`${base.replace(/\/*$/, '/')}${host}${pathname}${search}`, location.href).href;
}

/** The provider's URL behind a request that came in under `base`, or none. */
export function toProviderUrl(base: string, url: string): string | undefined {
  const { pathname, search } = new URL(url);
  return pathname.startsWith(base) ? `https://${pathname.slice(base.length)}${search}` : undefined;
}

/**
 * What a classic script reads from its own URL, such as `/stand-in/host/path`: the environment whose host that is, and the
 * `base` under which a backend has the stand-ins.
 *
 * @param hosts the contract's table, of which `key` is a URL on the host that serves the script
 */
export function readOwnScript<Environment extends string, Key extends string>(
  hosts: Readonly<Record<Environment, Readonly<Record<Key, string>>>>,
  key: Key,
): { readonly src: string; readonly environment: Environment; readonly base: string } {
  const { src } = document.currentScript as HTMLScriptElement;
  const { pathname } = new URL(src);
  const segment = (environment: Environment) => `/${new URL(hosts[environment][key]).host}/`;
  const environment = (Object.keys(hosts) as Environment[]).find((one) => pathname.includes(segment(one))) as Environment;
  return { src, environment, base: `${pathname.split(segment(environment))[0]}/` };
}
