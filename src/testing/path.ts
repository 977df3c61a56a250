export type PageFetch = (input: string, init?: RequestInit) => Promise<Response>;

/** Where a provider's URL is served by a backend that has the stand-ins under `base`: `https://host/path` → `/stand-in/host/path`. */
export function standInUrl(base: string, url: string): string {
  const { host, pathname, search } = new URL(url);
  return new URL(`${base.replace(/\/*$/, '/')}${host}${pathname}${search}`, location.origin).href;
}

/** What a library of ours makes its requests with when a backend has the stand-ins under `base`. */
export function fetchThrough(base: string): PageFetch {
  // eslint-disable-next-line house/globals -- stands in for the provider's library, which makes requests of its own
  return (input, init) => fetch(standInUrl(base, input), init);
}

/** The provider's URL behind a request that came in under `base`, or none. */
export function providerUrl(base: string, url: string): string | undefined {
  const { pathname, search } = new URL(url);
  return pathname.startsWith(base) ? `https://${pathname.slice(base.length)}${search}` : undefined;
}
