/** Pay-me's hosts. There is no separate sandbox: the library's "dev" hosts are the documentation's pre-production. */
export const hosts = {
  sandbox: {
    assets: 'https://flex.dev.pay-me.cloud',
    auth: 'https://auth.preprod.alignet.io',
    /** Compiled into the library (read in the bundle of March 2026). */
    capture: 'https://api.dev.alignet.io',
    api: 'https://api.preprod.alignet.io',
    /** The value in the seed, with its slash. */
    audience: 'https://api.preprod.alignet.io/',
  },
  production: {
    assets: 'https://flex.alignet.io',
    auth: 'https://auth.alignet.io',
    capture: 'https://api.alignet.io',
    api: 'https://api.alignet.io',
    audience: 'https://api.alignet.io/',
  },
} as const;

export type PaymeEnvironment = keyof typeof hosts;

export const scriptPath = '/flex-payment-forms.min.js';
