import type { SecurityFacts } from '../security-facts.js';
import { hosts, type PayrocEnvironment } from './hosts.js';

/** Measured on 1.7.0, the build of the sandbox. */
export const security = {
  sandbox: () => factsOf('sandbox'),
  production: () => factsOf('production'),
};

const unknownGateway =
  '`connect-src`, `frame-src`: the host of the production gateway is published nowhere. Ask Payroc; or open the form once, and the error of the page that blocks it names it.';

function factsOf(environment: PayrocEnvironment): SecurityFacts {
  const { url, integrity, gateway } = hosts[environment];
  return {
    sources: {
      'script-src': [new URL(url).origin],
      // The library lays its frames out by `style` attributes.
      'style-src-attr': ["'unsafe-inline'"],
      ...(gateway && { 'connect-src': [gateway], 'frame-src': [gateway] }),
    },
    scripts: [
      {
        source: url,
        integrity,
        purpose: 'Puts the fields of Payroc into the page, each in a frame of its own.',
        assurance: 'The hash that Payroc publishes with the file, as the `integrity` of its tag.',
      },
    ],
    unconfirmed: gateway ? [] : [unknownGateway],
  };
}
