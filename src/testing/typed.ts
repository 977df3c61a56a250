/** What a shopper types beside the number of a card. */
export const typed = { expiry: '12/49', code: '123', holder: 'Ana Prueba' };
