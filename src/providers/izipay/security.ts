import type { SecurityFacts } from '../security-facts.js';
import { hosts, scriptPath, type IzipayEnvironment } from './hosts.js';

/** The host of the anti-fraud scripts, which the library adds to the page when its frame requests them (*read in the September 2025 build*). */
const profiling = 'https://h.online-metrix.net';

/** Builders of Izipay's sources and scripts, by environment. Izipay publishes none: measured in the September 2025 build, with the page in its frame replaced. */
export const security = {
  test: () => createFacts('test'),
  sandbox: () => createFacts('sandbox'),
  production: () => createFacts('production'),
};

function createFacts(environment: IzipayEnvironment): SecurityFacts {
  const { checkout } = hosts[environment];
  return {
    sources: { 'script-src': [checkout, profiling], 'frame-src': [checkout, profiling], 'img-src': [profiling] },
    scripts: [
      {
        source: `${checkout}${scriptPath}`,
        purpose: 'Puts the payment form of Izipay into the page, in its own frame.',
        assurance:
          'None from the page: Izipay changes the file under one URL, so no hash can be pinned. `script-src` keeps it to its host.',
      },
      {
        source: profiling,
        purpose: "Profiles the shopper's device against fraud, when Izipay's frame requests it.",
        assurance: "None from the page: Izipay's library adds it itself. `script-src` keeps it to its host.",
      },
    ],
    unconfirmed: [
      "`script-src`, `frame-src`, `img-src`: not tried with 3-D Secure or the anti-fraud scripts of a real payment. Izipay's frame may name another URL.",
      `\`require-trusted-types-for 'script'\`: the form opens under it, but the library's anti-fraud scripts are then blocked. Only a default policy of the page could allow them.`,
      '`Permissions-Policy`: without `payment` for the frame, Apple Pay probably does not work.',
    ],
  };
}
