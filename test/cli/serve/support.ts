/** The smallest set of variables with which `serve` starts, on a free port. */
export const variables = {
  PAY_ENVIRONMENT: 'sandbox',
  PAY_ORDER_URL: 'http://127.0.0.1:9/order',
  PAY_OUTCOME_URL: 'http://127.0.0.1:9/outcome',
  PAY_BACKEND_SECRET: 'a-secret-of-the-tests-with-32-characters',
  PAYROC_API_KEY: 'the-api-key',
  PAYROC_PROCESSING_TERMINAL_ID: '1234001',
  PORT: '0',
};
