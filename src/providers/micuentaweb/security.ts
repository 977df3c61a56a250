import type { SecurityFacts } from '../security-facts.js';
import { pageHosts, scriptPath, type Brand } from './hosts.js';

/** Creates the builders of a brand. The sources are those of the 2022 build, with the API's answers replaced; and of Lyra's FAQ. */
export function createSecurity(brand: Brand) {
  const create = () => createFacts(pageHosts[brand]);
  return { sandbox: create, production: create };
}

function createFacts(host: string): SecurityFacts {
  return {
    sources: {
      'script-src': [host],
      'frame-src': [host],
      'connect-src': [host],
      // The library adds a `<style>`, two style sheets and some `style` attributes (measured in the 2022 build).
      'style-src': [host, "'unsafe-inline'"],
    },
    scripts: [
      {
        source: `${host}${scriptPath}`,
        purpose: 'Puts the payment form of Lyra into the page, with each field in its own frame.',
        assurance: 'None from the page: Lyra changes the file under one URL, so no hash can be pinned. `script-src` keeps it to its host.',
      },
    ],
    unconfirmed: [
      "`script-src`, `frame-src`, `connect-src`: tried with the cards form of a 2022 build only. The smart form may need the hosts of wallets, and Lyra's plugins also allow its API host.",
      "`style-src`: without `'unsafe-inline'`, or with a nonce or a hash beside it, the form works but has no styles.",
      "`require-trusted-types-for 'script'`: the library does not start under it. Only a default policy of the page could allow it.",
    ],
  };
}
