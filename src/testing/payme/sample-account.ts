/** The sample values of Pay-me's documentation. */
export const sampleAccount = { clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: 'your_merchant_code' };
