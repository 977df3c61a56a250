/** The texts that the card forms of all providers share. */
const es = {
  locale: 'es-PE',
  close: 'Volver al comercio',
  total: 'Total',
  number: 'Número de tarjeta',
  expiry: 'Vence (MM/AA)',
  code: 'CVV',
  holder: 'Nombre del titular',
  badNumber: 'Revisa el número de la tarjeta.',
  badExpiry: 'Revisa la fecha.',
  badCode: '3 o 4 dígitos.',
  badHolder: 'Escribe el nombre que figura en la tarjeta.',
  pay: 'Pagar',
  note: 'Simulación para pruebas: no se cobra nada.',
};

export type FormTexts = typeof es;

const en: FormTexts = {
  locale: 'en-US',
  close: 'Back to the shop',
  total: 'Total',
  number: 'Card number',
  expiry: 'Expires (MM/YY)',
  code: 'CVV',
  holder: 'Name on the card',
  badNumber: 'Check the card number.',
  badExpiry: 'Check the date.',
  badCode: '3 or 4 digits.',
  badHolder: 'Write the name on the card.',
  pay: 'Pay',
  note: 'Test simulation: nothing is charged.',
};

export const formTexts = { es, en };
