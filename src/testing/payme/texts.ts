import type { FlexMethod } from './types.js';

const es = {
  locale: 'es-PE',
  loading: 'Cargando',
  close: 'Volver al comercio',
  total: 'Total',
  methods: 'Medio de pago',
  number: 'Número de tarjeta',
  expiry: 'Vence (MM/AA)',
  code: 'CVV',
  holder: 'Nombre del titular',
  badNumber: 'Revisa el número de la tarjeta.',
  badExpiry: 'Revisa la fecha.',
  badCode: '3 o 4 dígitos.',
  badHolder: 'Escribe el nombre que figura en la tarjeta.',
  pay: 'Pagar',
  continue: 'Continuar',
  makeQr: 'Generar código QR',
  scan: 'Escanea el código con tu billetera digital.',
  reference: 'Usa este código para pagar:',
  waiting: 'Esperando el pago',
  declined: 'No se pudo aprobar el pago. Intenta con otra tarjeta.',
  approved: 'Pago aprobado',
  back: 'Regresar al comercio',
  countdown: 'Regresarás en unos segundos.',
  note: 'Simulación para pruebas: no se cobra nada.',
};

export type Texts = typeof es;

const en: Texts = {
  locale: 'en-US',
  loading: 'Loading',
  close: 'Back to the shop',
  total: 'Total',
  methods: 'Payment method',
  number: 'Card number',
  expiry: 'Expires (MM/YY)',
  code: 'CVV',
  holder: 'Name on the card',
  badNumber: 'Check the card number.',
  badExpiry: 'Check the date.',
  badCode: '3 or 4 digits.',
  badHolder: 'Write the name on the card.',
  pay: 'Pay',
  continue: 'Continue',
  makeQr: 'Show the QR code',
  scan: 'Scan the code with your wallet.',
  reference: 'Pay with this code:',
  waiting: 'Waiting for the payment',
  declined: 'The payment was not approved. Try another card.',
  approved: 'Payment approved',
  back: 'Return to the shop',
  countdown: 'You will return in a few seconds.',
  note: 'Test simulation: nothing is charged.',
};

export function textsIn(language: string | undefined): Texts {
  return language === 'en' ? en : es;
}

export function methodName(method: FlexMethod, { locale }: Texts): string {
  const names: Record<FlexMethod, string> = {
    CARD: locale === es.locale ? 'Tarjeta' : 'Card',
    YAPE: 'Yape',
    QR: 'QR',
    BANK_TRANSFER: locale === es.locale ? 'Transferencia' : 'Bank transfer',
    CUOTEALO: 'Cuotéalo',
    PAGOEFECTIVO: 'PagoEfectivo',
  };
  return names[method];
}

const currencies: Record<string, string> = { '604': 'PEN', '840': 'USD', '188': 'CRC', '590': 'PAB' };

/**
 * @param amount minor units, as a string of digits
 * @param currency ISO 4217, three digits; one that Pay-me is not known to take is shown without a sign
 */
export function formatAmount(amount: string, currency: string, locale: string): string {
  const code = currencies[currency];
  const style = code ? ({ style: 'currency', currency: code } as const) : { minimumFractionDigits: 2 };
  return new Intl.NumberFormat(locale, style).format(Number(amount) / 100);
}
