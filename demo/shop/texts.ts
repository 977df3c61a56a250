/** The languages of the shop, by the tag that its page has as `lang`. The element follows the page. */
export const languages = { 'es-PE': 'Español', en: 'English', 'pt-BR': 'Português' } as const;

export type Language = keyof typeof languages;

/** The language of a page that names none. */
const defaultLanguage = 'es-PE';

/** Selects the language by the parameter `lang` of the address. */
export function chooseLanguage(wanted?: string): Language {
  return wanted !== undefined && Object.hasOwn(languages, wanted) ? (wanted as Language) : defaultLanguage;
}

/** By the Spanish text. */
export type Translations = Readonly<Record<string, Readonly<Record<Exclude<Language, typeof defaultLanguage>, string>>>>;

/** The shop's texts by the Spanish one, which is also in its page. */
const translations: Translations = {
  'Pagar el pedido': { en: 'Pay order', 'pt-BR': 'Pagar o pedido' },
  Idioma: { en: 'Language', 'pt-BR': 'Idioma' },
  'Compra segura': { en: 'Secure checkout', 'pt-BR': 'Compra segura' },
  'Gracias por tu compra': { en: 'Thank you for your order', 'pt-BR': 'Obrigado pela compra' },
  '¡Gracias por tu compra': { en: 'Thank you for your order', 'pt-BR': 'Obrigado pela compra' },
  'Recibimos tu pago del pedido': { en: 'We received your payment for order', 'pt-BR': 'Recebemos o pagamento do pedido' },
  'Enviamos la boleta a': { en: 'We sent the receipt to', 'pt-BR': 'Enviamos o recibo para' },
  'Seguir comprando': { en: 'Continue shopping', 'pt-BR': 'Continuar comprando' },
  'Tu pedido': { en: 'Your order', 'pt-BR': 'Seu pedido' },
  'N.º': { en: 'No.', 'pt-BR': 'N.º' },
  'IGV incluido': { en: 'tax included', 'pt-BR': 'impostos incluídos' },
  Entrega: { en: 'Delivery', 'pt-BR': 'Entrega' },
  Contacto: { en: 'Contact', 'pt-BR': 'Contato' },
  'Paga tu pedido': { en: 'Pay for your order', 'pt-BR': 'Pague seu pedido' },
  'Para probar': { en: 'To try it', 'pt-BR': 'Para testar' },
  'Tarjetas de prueba': { en: 'Test cards', 'pt-BR': 'Cartões de teste' },
  'Esta tienda es una demostración y no cobra nada. Elige una tarjeta para llenar el formulario, y luego paga.': {
    en: 'This shop is a demo and charges nothing. Choose a card to fill in the form, and then pay.',
    'pt-BR': 'Esta loja é uma demonstração e não cobra nada. Escolha um cartão para preencher o formulário e depois pague.',
  },
  'Proveedor de pagos': { en: 'Payment provider', 'pt-BR': 'Provedor de pagamentos' },
  'Pagar con': { en: 'Pay with', 'pt-BR': 'Pagar com' },
  'Café de altura, tostado en Lima': { en: 'Highland coffee, roasted in Lima', 'pt-BR': 'Café de altitude, torrado em Lima' },
  'Una tienda de ejemplo de': { en: 'A sample shop of', 'pt-BR': 'Uma loja de exemplo de' },
  'Tueste medio · en grano, 250 g': { en: 'Medium roast · whole bean, 250 g', 'pt-BR': 'Torra média · em grãos, 250 g' },
  'Tueste oscuro · molido para prensa, 250 g': {
    en: 'Dark roast · ground for French press, 250 g',
    'pt-BR': 'Torra escura · moído para prensa, 250 g',
  },
  'Filtros de papel': { en: 'Paper filters', 'pt-BR': 'Filtros de papel' },
  'Para V60, 100 unidades': { en: 'For V60, 100 pieces', 'pt-BR': 'Para V60, 100 unidades' },
  'Envío a Lima': { en: 'Delivery to Lima', 'pt-BR': 'Entrega em Lima' },
  'Llega entre 24 y 48 horas': { en: 'Arrives in 24 to 48 hours', 'pt-BR': 'Chega em 24 a 48 horas' },
  'Tarjeta, Yape, QR o transferencia. No guardamos los datos de tu tarjeta.': {
    en: 'Card, Yape, QR or bank transfer. We do not store your card details.',
    'pt-BR': 'Cartão, Yape, QR ou transferência. Não guardamos os dados do seu cartão.',
  },
  'Tarjeta de crédito o débito. No guardamos los datos de tu tarjeta.': {
    en: 'Credit or debit card. We do not store your card details.',
    'pt-BR': 'Cartão de crédito ou débito. Não guardamos os dados do seu cartão.',
  },
  'Tarjeta de crédito o débito, en dólares. No guardamos los datos de tu tarjeta.': {
    en: 'Credit or debit card, in US dollars. We do not store your card details.',
    'pt-BR': 'Cartão de crédito ou débito, em dólares. Não guardamos os dados do seu cartão.',
  },
  'Pagos recibidos': { en: 'Payments received', 'pt-BR': 'Pagamentos recebidos' },
  Aprobada: { en: 'Approved', 'pt-BR': 'Aprovado' },
  Rechazada: { en: 'Declined', 'pt-BR': 'Recusado' },
  Pendiente: { en: 'Pending', 'pt-BR': 'Pendente' },
  'Pendiente y luego pagada': { en: 'Pending, then paid', 'pt-BR': 'Pendente e depois pago' },
};

/** Returns the text in a language, or the Spanish text if it has no translation: names have none. */
export function translate(spanish: string, language: Language, texts: Translations = translations): string {
  return language === defaultLanguage ? spanish : (texts[spanish]?.[language] ?? spanish);
}
