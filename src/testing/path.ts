/** Maps a provider's URL to that of a backend that serves the stand-ins under `base`: `https://host/path` → `/stand-in/host/path`. */
export function toStandInUrl(base: string, url: string): string {
  const { host, pathname, search } = new URL(url);
  return new URL(`${base.replace(/\/*$/, '/')}${host}${pathname}${search}`, location.href).href;
}

/** Maps a URL under `base` back to the provider's URL, or returns `undefined` for any other URL. */
export function toProviderUrl(base: string, url: string): string | undefined {
  const { pathname, search } = new URL(url);
  return pathname.startsWith(base) ? `https://${pathname.slice(base.length)}${search}` : undefined;
}

/**
 * Reads the URL of the classic script that is running, such as `/stand-in/host/path`: the environment of that host, and the URL
 * `base` under which a backend serves the stand-ins, which may have another origin than the page.
 *
 * @param hosts the table of the provider's contract
 * @param key names the URL in the table whose host serves the script
 */
export function readOwnScript<Environment extends string, Key extends string>(
  hosts: Readonly<Record<Environment, Readonly<Record<Key, string>>>>,
  key: Key,
): { readonly src: string; readonly environment: Environment; readonly base: string } {
  const { src } = document.currentScript as HTMLScriptElement;
  const { origin, pathname } = new URL(src);
  const segment = (environment: Environment) => `/${new URL(hosts[environment][key]).host}/`;
  const environment = (Object.keys(hosts) as Environment[]).find((one) => pathname.includes(segment(one))) as Environment;
  return { src, environment, base: `${origin}${pathname.split(segment(environment))[0]}/` };
}
