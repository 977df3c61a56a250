/**
 * Where Payroc lives, and which build of its library belongs to each environment (documentation, "Create a payment form"). The last
 * part of the version differs by environment: URL, integrity and version change together or not at all.
 */
export const hosts = {
  sandbox: {
    url: 'https://cdn.uat.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261457.js',
    integrity: 'sha384-m1A0nfFYa8sAfpDN0d60o4ztd/aCPC2xDVaOT31Urrmn4xypfHqgHQMayZeIK1PM',
    libVersion: '1.7.0.261457',
    /** What the library calls and frames; compiled into it (*read in 1.7.0*). */
    gateway: 'https://testpayments.worldnettps.com',
    api: 'https://api.uat.payroc.com',
    identity: 'https://identity.uat.payroc.com',
  },
  production: {
    url: 'https://cdn.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261471.js',
    integrity: 'sha384-4KD8EaeEaCR2jLV6vnBwfEAEy/o2bR0GkODVpr8iePLTK5eOOmjoPuDVKJ0wM1oP',
    libVersion: '1.7.0.261471',
    /** Published nowhere. */
    gateway: undefined,
    api: 'https://api.payroc.com',
    identity: 'https://identity.payroc.com',
  },
} as const;

export type PayrocEnvironment = keyof typeof hosts;
