/** The hosts of the page. There is no separate sandbox: the library's "dev" hosts are the documentation's pre-production. */
export const pageHosts = {
  sandbox: {
    assets: 'https://flex.dev.pay-me.cloud',
    auth: 'https://auth.preprod.alignet.io',
    /** Compiled into the library (read in the bundle of March 2026). */
    capture: 'https://api.dev.alignet.io',
  },
  production: {
    assets: 'https://flex.alignet.io',
    auth: 'https://auth.alignet.io',
    capture: 'https://api.alignet.io',
  },
} as const;

/** All hosts of Pay-me. */
export const hosts = {
  sandbox: {
    ...pageHosts.sandbox,
    api: 'https://api.preprod.alignet.io',
    /** The value in the seed, with its slash. */
    audience: 'https://api.preprod.alignet.io/',
  },
  production: {
    ...pageHosts.production,
    api: 'https://api.alignet.io',
    audience: 'https://api.alignet.io/',
  },
} as const;

export type PaymeEnvironment = keyof typeof hosts;

export const scriptPath = '/flex-payment-forms.min.js';
