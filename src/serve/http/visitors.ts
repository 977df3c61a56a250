import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';

/** Knows the address of the visitor who sent a request, as the trusted proxies report it. */
export class Visitors {
  readonly #addresses = new WeakMap<Request, string>();
  readonly #isTrusted: (address: string, hops: number) => boolean;

  /** @param trusted addresses, CIDR blocks, or the words of `proxy-addr`, such as `loopback` */
  constructor(trusted: readonly string[]) {
    this.#isTrusted = proxyAddress.compile([...trusted]);
  }

  add(request: Request, incoming: IncomingMessage): void {
    if (incoming.socket.remoteAddress !== undefined) this.#addresses.set(request, proxyAddress(incoming, this.#isTrusted));
  }

  find(request: Request): string | undefined {
    return this.#addresses.get(request);
  }

  /** Whether a proxy that is not trusted sent the request. All its visitors then look like one. */
  isMisconfigured({ headers, socket }: IncomingMessage): boolean {
    return headers['x-forwarded-for'] !== undefined && !this.#isTrusted(socket.remoteAddress ?? '', 0);
  }
}
