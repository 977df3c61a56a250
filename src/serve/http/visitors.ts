import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';

const untrusted =
  'A proxy that is not trusted sent `X-Forwarded-For`, so all its visitors share one rate limit. Add its address to PAY_TRUSTED_PROXIES.';
const silent =
  'A request from a trusted address has no `X-Forwarded-For`, so it has no rate limit. Let your proxy send the address of the visitor.';

/** Knows the address of the visitor who sent a request, as the trusted proxies report it. */
export class Visitors {
  readonly #addresses = new WeakMap<Request, string>();
  readonly #isTrusted: (address: string, hops: number) => boolean;
  readonly #warn: (message: string) => void;

  /**
   * @param trusted addresses, CIDR blocks, or the words of `proxy-addr`, such as `loopback`
   * @param warn receives a sentence about a proxy that hides its visitors
   */
  constructor(trusted: readonly string[], warn: (message: string) => void) {
    this.#isTrusted = proxyAddress.compile([...trusted]);
    this.#warn = warn;
  }

  add(request: Request, incoming: IncomingMessage): void {
    const peer = incoming.socket.remoteAddress;
    if (peer === undefined) return;
    const isForwarded = incoming.headers['x-forwarded-for'] !== undefined;
    const isTrusted = this.#isTrusted(peer, 0);
    if (isForwarded && !isTrusted) this.#warn(untrusted);
    if (!isForwarded && isTrusted) this.#warn(silent);
    else this.#addresses.set(request, proxyAddress(incoming, this.#isTrusted));
  }

  /** Returns `undefined` if a trusted proxy does not say who the visitor is. */
  find(request: Request): string | undefined {
    return this.#addresses.get(request);
  }
}
