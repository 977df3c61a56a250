import type { SecurityFacts } from '../security-facts.js';
import { hosts, scriptPath, type PaymeEnvironment } from './hosts.js';

/** Where its pictures and videos are. */
const media = { sandbox: 'https://alignet-flex-demo.s3.amazonaws.com', production: hosts.production.assets };

const unconfirmed = [
  "`style-src 'unsafe-inline'`: a part of the library (Emotion) writes `<style>` elements, and gives them no nonce. What is lost without it was not tried.",
  '`frame-src`, `connect-src`, `form-action`: the pages of 3-D Secure stand on hosts that Pay-me names for each payment. A page that limits its frames cannot list them.',
  '`img-src`, `font-src`: logos stand at URLs that Pay-me names at run time, and what its style sheet loads is not known.',
  "`require-trusted-types-for 'script'`: not tried with the real library.",
];

/** Nothing is published: what its library calls was read in the bundle of March 2026. */
export const security = {
  sandbox: () => factsOf('sandbox'),
  production: () => factsOf('production'),
};

function factsOf(environment: PaymeEnvironment): SecurityFacts {
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
