import type { SecurityFacts } from '../security-facts.js';
import { hosts, type PayrocEnvironment } from './hosts.js';

/** Builders of Payroc's sources and scripts, by environment. Measured on 1.7.0, the build of the sandbox. */
export const security = {
  sandbox: () => createFacts('sandbox'),
  production: () => createFacts('production'),
};

const unknownGateway =
  '`connect-src`, `frame-src`: Payroc does not publish the host of its production gateway. Ask Payroc; or open the form once, and read the host in the error of the blocked page.';

function createFacts(environment: PayrocEnvironment): SecurityFacts {
  const { url, integrity, gateway } = hosts[environment];
  return {
    sources: {
      'script-src': [new URL(url).origin],
      // The library sets `style` attributes on its frames.
      'style-src-attr': ["'unsafe-inline'"],
      ...(gateway && { 'connect-src': [gateway], 'frame-src': [gateway] }),
    },
    scripts: [
      {
        source: url,
        integrity,
        purpose: 'Puts the fields of Payroc into the page, each in its own frame.',
        assurance: 'The hash that Payroc publishes with the file, as the `integrity` of its tag.',
      },
    ],
    unconfirmed: gateway ? [] : [unknownGateway],
  };
}
