import { formTexts } from '../form-texts.js';
import type { FlexMethod } from './types.js';

const es = {
  ...formTexts.es,
  loading: 'Cargando',
  methods: 'Medio de pago',
  continue: 'Continuar',
  makeQr: 'Generar código QR',
  scan: 'Escanea el código con tu billetera digital.',
  reference: 'Usa este código para pagar:',
  waiting: 'Esperando el pago',
  declined: 'No se pudo aprobar el pago. Intenta con otra tarjeta.',
  approved: 'Pago aprobado',
  back: 'Regresar al comercio',
  countdown: 'Regresarás en unos segundos.',
};

export type Texts = typeof es;

const en: Texts = {
  ...formTexts.en,
  loading: 'Loading',
  methods: 'Payment method',
  continue: 'Continue',
  makeQr: 'Show the QR code',
  scan: 'Scan the code with your wallet.',
  reference: 'Pay with this code:',
  waiting: 'Waiting for the payment',
  declined: 'The payment was not approved. Try another card.',
  approved: 'Payment approved',
  back: 'Return to the shop',
  countdown: 'You will return in a few seconds.',
};

export function selectTexts(language: string | undefined): Texts {
  return language === 'en' ? en : es;
}

export function translateMethod(method: FlexMethod, { locale }: Texts): string {
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
 * @param currency ISO 4217, three digits; a currency that Pay-me is not known to accept is shown without a symbol
 */
export function formatAmount(amount: string, currency: string, locale: string): string {
  const code = currencies[currency];
  const style = code ? ({ style: 'currency', currency: code } as const) : { minimumFractionDigits: 2 };
  return new Intl.NumberFormat(locale, style).format(Number(amount) / 100);
}
