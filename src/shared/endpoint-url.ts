const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an endpoint URL is https, or http on a loopback host: a token must not travel in clear text. */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}

/** Formats a URL for messages and logs, without query and user info, which may contain secrets. */
export function redactUrl({ protocol, host, pathname }: URL): string {
  return host ? `${protocol}//${host}${pathname}` : `${protocol}${pathname}`;
}
