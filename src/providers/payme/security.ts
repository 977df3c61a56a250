import type { SecurityFacts } from '../security-facts.js';
import { hosts, scriptPath, type PaymeEnvironment } from './hosts.js';

/** The hosts of its images and videos. */
const media = { sandbox: 'https://alignet-flex-demo.s3.amazonaws.com', production: hosts.production.assets };

const unconfirmed = [
  "`style-src 'unsafe-inline'`: a part of the library (Emotion) writes `<style>` elements without a nonce. The form was not tried without this source.",
  '`frame-src`, `connect-src`, `form-action`: the pages of 3-D Secure are on hosts that Pay-me names for each payment. A page that limits its frames cannot list them.',
  '`img-src`, `font-src`: Pay-me names the URLs of its logos at run time, and the files that its style sheet loads are not known.',
  "`require-trusted-types-for 'script'`: not tried with the real library.",
];

/** Builders of Pay-me's sources and scripts, by environment. Pay-me publishes none: read in the bundle of March 2026. */
export const security = {
  sandbox: () => createFacts('sandbox'),
  production: () => createFacts('production'),
};

function createFacts(environment: PaymeEnvironment): SecurityFacts {
  const { assets, auth, capture } = hosts[environment];
  return {
    sources: {
      'script-src': [assets],
      'style-src': [assets, "'unsafe-inline'"],
      'connect-src': [auth, capture],
      'img-src': [media[environment], 'data:'],
      'media-src': [media[environment]],
    },
    scripts: [
      {
        source: `${assets}${scriptPath}`,
        purpose: 'Draws the payment form of Pay-me Flex in the page, and sends the card to Pay-me.',
        assurance:
          'None from the page: Pay-me changes the file under one URL, so no hash can be pinned. `script-src` keeps it to its host.',
      },
    ],
    unconfirmed: [...unconfirmed],
  };
}
