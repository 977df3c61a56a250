const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an endpoint URL is https, or http on a loopback host: a token must not travel in clear text. */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}

/** A URL for messages and logs. The query and the user info may hold secrets, so they are left out. */
export function redactUrl({ protocol, host, pathname }: URL): string {
  return host ? `${protocol}//${host}${pathname}` : `${protocol}${pathname}`;
}
