import { loopback } from '../../shared/endpoint-url.js';

/** Whether a URL or an origin is http or https on a host that never leaves the machine. */
export function isLoopbackUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && loopback.test(hostname);
}
