/** The script's path, the same for all brands (documentation, "Quick start"). Lyra changes the file under this URL. */
export const scriptPath = '/static/js/krypton-client/V4.0/stable/kr-payment-form.min.js';

/** The path of every call to the API, before its group and operation (documentation, "Web service usage"). */
export const apiPath = '/api-payment/V4/';

/**
 * By brand: the host of the script and of the form's frames. Sandbox and production have the same one, because the keys decide
 * (*read in the 2022 build*; those of micuentaweb, PayZen, Lyra and Scellius are also in the documentation).
 */
export const pageHosts = {
  micuentaweb: 'https://static.micuentaweb.pe',
  payzen: 'https://static.payzen.eu',
  'payzen-latam': 'https://static.payzen.lat',
  'payzen-brasil': 'https://static.payzen.lat',
  'payzen-india': 'https://static.payzen.co.in',
  lyra: 'https://static.lyra.com',
  'lyra-india': 'https://static.in.lyra.com',
  systempay: 'https://static.systempay.fr',
  scellius: 'https://static.scelliuspaiement.labanquepostale.fr',
  sogecommerce: 'https://static-sogecommerce.societegenerale.eu',
  'clic-and-pay': 'https://static-clicandpay.groupecdn.fr',
  'cobro-inmediato': 'https://static.cobroinmediato.tech',
  payty: 'https://static.payty.com',
  osb: 'https://static.osb.pf',
} as const;

export type Brand = keyof typeof pageHosts;

/** By brand: the host of the API (*read in the 2022 build*). */
export const apiHosts: Readonly<Record<Brand, string>> = {
  micuentaweb: 'https://api.micuentaweb.pe',
  payzen: 'https://api.payzen.eu',
  'payzen-latam': 'https://api.payzen.lat',
  'payzen-brasil': 'https://api.payzen.com.br',
  'payzen-india': 'https://secure.payzen.co.in',
  lyra: 'https://api.lyra.com',
  'lyra-india': 'https://api.in.lyra.com',
  systempay: 'https://api.systempay.fr',
  scellius: 'https://api.scelliuspaiement.labanquepostale.fr',
  sogecommerce: 'https://api-sogecommerce.societegenerale.eu',
  'clic-and-pay': 'https://api-clicandpay.groupecdn.fr',
  'cobro-inmediato': 'https://api.cobroinmediato.tech',
  payty: 'https://api.payty.com',
  osb: 'https://api.secure.osb.pf',
};
