/** The host names that never leave the machine. */
export const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an endpoint URL is https, or http on a loopback host: a token must not travel in clear text. */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}

/** Removes from a URL what may be secret or personal: the query, the fragment and the user info. */
export function redactUrl(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//');
}
