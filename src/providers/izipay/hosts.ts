/**
 * Izipay's hosts. Each script works only with the API of its row, because the environment is compiled into it (*measured in the
 * September 2025 build*). The seed's API host is that of `test`.
 */
export const hosts = {
  test: { checkout: 'https://testcheckout.izipay.pe', api: 'https://testapi-pw.izipay.pe' },
  sandbox: { checkout: 'https://sandbox-checkout.izipay.pe', api: 'https://sandbox-api-pw.izipay.pe' },
  production: { checkout: 'https://checkout.izipay.pe', api: 'https://api-pw.izipay.pe' },
} as const;

export type IzipayEnvironment = keyof typeof hosts;

export const scriptPath = '/payments/v1/js/index.js';
