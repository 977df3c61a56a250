/**
 * The library that the page loads: its build for each environment (documentation, "Create a payment form"). The last part of the
 * version differs by environment, so URL, integrity and version always change together.
 */
export const libraries = {
  sandbox: {
    url: 'https://cdn.uat.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261457.js',
    integrity: 'sha384-m1A0nfFYa8sAfpDN0d60o4ztd/aCPC2xDVaOT31Urrmn4xypfHqgHQMayZeIK1PM',
    libVersion: '1.7.0.261457',
    /** The host that the library calls and frames. It is compiled into the library (*read in 1.7.0*). */
    gateway: 'https://testpayments.worldnettps.com',
  },
  production: {
    url: 'https://cdn.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261471.js',
    integrity: 'sha384-4KD8EaeEaCR2jLV6vnBwfEAEy/o2bR0GkODVpr8iePLTK5eOOmjoPuDVKJ0wM1oP',
    libVersion: '1.7.0.261471',
    /** Payroc does not publish this host. */
    gateway: undefined,
  },
} as const;

/** The library of each environment, and the hosts of Payroc's API. */
export const hosts = {
  sandbox: {
    ...libraries.sandbox,
    api: 'https://api.uat.payroc.com',
    identity: 'https://identity.uat.payroc.com',
  },
  production: {
    ...libraries.production,
    api: 'https://api.payroc.com',
    identity: 'https://identity.payroc.com',
  },
} as const;

export type PayrocEnvironment = keyof typeof hosts;
