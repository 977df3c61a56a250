import type { SecurityFacts } from '../security-facts.js';
import { hosts, scriptPath, type IzipayEnvironment } from './hosts.js';

/** Where the scripts against fraud come from that the library adds to the page when its frame asks for them (*read in the September 2025 build*). */
const profiling = 'https://h.online-metrix.net';

/** Nothing is published: measured in the September 2025 build, with the page in its frame replaced. */
export const security = {
  test: () => factsOf('test'),
  sandbox: () => factsOf('sandbox'),
  production: () => factsOf('production'),
};

function factsOf(environment: IzipayEnvironment): SecurityFacts {
  const { checkout } = hosts[environment];
  return {
    sources: { 'script-src': [checkout, profiling], 'frame-src': [checkout, profiling], 'img-src': [profiling] },
    scripts: [
      {
        source: `${checkout}${scriptPath}`,
        purpose: 'Puts the payment form of Izipay into the page, in a frame of its own.',
        assurance:
          'None from the page: Izipay changes the file under one URL, so no hash can be pinned. `script-src` keeps it to its host.',
      },
      {
        source: profiling,
        purpose: "Profiles the shopper's device against fraud, where Izipay's frame asks for it.",
        assurance: "None from the page: Izipay's library adds it by itself. `script-src` keeps it to its host.",
      },
    ],
    unconfirmed: [
      "`script-src`, `frame-src`, `img-src`: what 3-D Secure and the scripts against fraud need in a real payment was not seen. Izipay's frame may name a further URL.",
      `\`require-trusted-types-for 'script'\`: the form opens under it, but the library's scripts against fraud are then blocked; only a default policy of the page's own could pass them.`,
      '`Permissions-Policy`: without `payment` for the frame, Apple Pay probably does not work.',
    ],
  };
}
