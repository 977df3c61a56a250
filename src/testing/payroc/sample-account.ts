/** The sample values of Payroc's documentation. */
export const sampleAccount = { apiKey: 'your_api_key', processingTerminalId: '1234001' };
