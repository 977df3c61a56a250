/** The hosts of the page: the script and its frames. */
export const pageHosts = {
  test: 'https://testcheckout.izipay.pe',
  sandbox: 'https://sandbox-checkout.izipay.pe',
  production: 'https://checkout.izipay.pe',
} as const;

/**
 * All hosts of Izipay. Each script works only with the API of its row, because the environment is compiled into it (*measured in the
 * September 2025 build*). The seed's API host is that of `test`.
 */
export const hosts = {
  test: { checkout: pageHosts.test, api: 'https://testapi-pw.izipay.pe' },
  sandbox: { checkout: pageHosts.sandbox, api: 'https://sandbox-api-pw.izipay.pe' },
  production: { checkout: pageHosts.production, api: 'https://api-pw.izipay.pe' },
} as const;

export type IzipayEnvironment = keyof typeof hosts;

export const scriptPath = '/payments/v1/js/index.js';
