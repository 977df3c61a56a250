import { translate, type Language, type Translations } from '../shop/texts.js';

/** The texts of the merchant's page. */
const translations: Translations = {
  Pagos: { en: 'Payments', 'pt-BR': 'Pagamentos' },
  Idioma: { en: 'Language', 'pt-BR': 'Idioma' },
  'Los pagos de los pedidos que hiciste en este navegador.': {
    en: 'The payments of the orders that you placed in this browser.',
    'pt-BR': 'Os pagamentos dos pedidos que você fez neste navegador.',
  },
  'Todavía no hay pagos.': { en: 'There are no payments yet.', 'pt-BR': 'Ainda não há pagamentos.' },
  'Hacer un pedido': { en: 'Place an order', 'pt-BR': 'Fazer um pedido' },
  'Hacer un pedido con retención': { en: 'Place an order with a hold', 'pt-BR': 'Fazer um pedido com retenção' },
  'Formularios sin resultado': { en: 'Forms without an outcome', 'pt-BR': 'Formulários sem resultado' },
  Pedido: { en: 'Order', 'pt-BR': 'Pedido' },
  Proveedor: { en: 'Provider', 'pt-BR': 'Provedor' },
  Medio: { en: 'Method', 'pt-BR': 'Meio' },
  Fecha: { en: 'Date', 'pt-BR': 'Data' },
  Número: { en: 'Number', 'pt-BR': 'Número' },
  Autorización: { en: 'Authorization', 'pt-BR': 'Autorização' },
  Reembolsos: { en: 'Refunds', 'pt-BR': 'Reembolsos' },
  'desde el panel del proveedor': { en: "from the provider's panel", 'pt-BR': 'pelo painel do provedor' },
  Monto: { en: 'Amount', 'pt-BR': 'Valor' },
  quedan: { en: 'left:', 'pt-BR': 'restam' },

  Reembolsar: { en: 'Refund', 'pt-BR': 'Reembolsar' },
  Cobrar: { en: 'Capture', 'pt-BR': 'Capturar' },
  Anular: { en: 'Cancel', 'pt-BR': 'Cancelar' },
  Consultar: { en: 'Check', 'pt-BR': 'Consultar' },
  Reembolso: { en: 'Refund', 'pt-BR': 'Reembolso' },
  Cobro: { en: 'Capture', 'pt-BR': 'Captura' },
  Anulación: { en: 'Cancellation', 'pt-BR': 'Cancelamento' },
  Consulta: { en: 'Check', 'pt-BR': 'Consulta' },

  'Sin resultado': { en: 'No outcome', 'pt-BR': 'Sem resultado' },
  Pagado: { en: 'Paid', 'pt-BR': 'Pago' },
  Retenido: { en: 'Held', 'pt-BR': 'Retido' },
  'Tarjeta guardada': { en: 'Card saved', 'pt-BR': 'Cartão salvo' },
  Pendiente: { en: 'Pending', 'pt-BR': 'Pendente' },
  Rechazado: { en: 'Declined', 'pt-BR': 'Recusado' },
  Reembolsado: { en: 'Refunded', 'pt-BR': 'Reembolsado' },
  Anulado: { en: 'Reversed', 'pt-BR': 'Estornado' },
  'No coincide': { en: 'Does not match', 'pt-BR': 'Não confere' },
  solicitado: { en: 'requested', 'pt-BR': 'solicitado' },
  hecho: { en: 'done', 'pt-BR': 'feito' },
  rechazado: { en: 'rejected', 'pt-BR': 'recusado' },

  'El monto supera lo que queda del pago.': {
    en: 'The amount is more than what is left of the payment.',
    'pt-BR': 'O valor supera o que resta do pagamento.',
  },
  'El estado del pago no lo permite ahora.': {
    en: 'The state of the payment does not allow it now.',
    'pt-BR': 'O estado do pagamento não permite isso agora.',
  },
  'Una operación anterior todavía no tiene resultado.': {
    en: 'An earlier operation has no known end yet.',
    'pt-BR': 'Uma operação anterior ainda não tem resultado.',
  },
  'El formulario ya se usó con otro monto.': {
    en: 'The form was already used with another amount.',
    'pt-BR': 'O formulário já foi usado com outro valor.',
  },
  'El proveedor no lo ofrece para este pago.': {
    en: 'The provider does not offer it for this payment.',
    'pt-BR': 'O provedor não oferece isso para este pagamento.',
  },
  'El proveedor no lo hizo, o no respondió.': {
    en: 'The provider did not do it, or did not respond.',
    'pt-BR': 'O provedor não fez isso ou não respondeu.',
  },
  'Escribe un monto como 12.50.': { en: 'Enter an amount such as 12.50.', 'pt-BR': 'Digite um valor como 12.50.' },

  'Lo que pasa en el proveedor, sin esta tienda. Después, consulta el pago.': {
    en: 'What happens at the provider, without this shop. Check the payment afterwards.',
    'pt-BR': 'O que acontece no provedor, sem esta loja. Depois, consulte o pagamento.',
  },
  Liquidar: { en: 'Settle', 'pt-BR': 'Liquidar' },
  'Reembolsar en el panel': { en: 'Refund in the panel', 'pt-BR': 'Reembolsar no painel' },
  'Completar los reembolsos': { en: 'Complete the refunds', 'pt-BR': 'Concluir os reembolsos' },
  Disputar: { en: 'Dispute', 'pt-BR': 'Contestar' },
  'Hecho en el proveedor.': { en: 'Done at the provider.', 'pt-BR': 'Feito no provedor.' },
  'El estado del pago en el proveedor no lo permite.': {
    en: 'The state of the payment at the provider does not allow it.',
    'pt-BR': 'O estado do pagamento no provedor não permite isso.',
  },
  'Una tienda de ejemplo de': { en: 'A sample shop of', 'pt-BR': 'Uma loja de exemplo de' },
};

/** The Spanish texts that have a translation. */
export const merchantTexts: readonly string[] = Object.keys(translations);

/** Returns a text of the merchant's page in a language. */
export function translateForMerchant(spanish: string, language: Language): string {
  return translate(spanish, language, translations);
}
