/** ISO 4217 (documentation, `currency`). Both have two decimals. */
export const currencies = ['PEN', 'USD'];
