import { describeWords } from '../../../src/providers/micuentaweb/server/stages.js';

const charged = `\`DEBIT\` with ${describeWords('authorised', 'captured')}, and \`PAID\``;
const cobrado = `\`DEBIT\` con ${describeWords('authorised', 'captured')}, y \`PAID\``;
const open = describeWords('open');
const held = describeWords('held');
const cancelled = describeWords('cancelled');
const failed = describeWords('cancelled', 'failed');

/** The Spanish words of its outcome rules, by the English ones. */
export const spanish: Readonly<Record<string, string>> = {
  [`${charged}; \`CREDIT\` transactions returned the whole amount since`]: `${cobrado}; después, transacciones \`CREDIT\` devolvieron todo el monto`,
  [`${charged}; the order is not one with \`save: 'only'\``]: `${cobrado}; el pedido no tiene \`save: 'only'\``,
  [`\`DEBIT\` with ${held}, not \`UNPAID\` or \`ABANDONED\`; the order has \`capture: 'later'\``]: `\`DEBIT\` con ${held}, sin \`UNPAID\` ni \`ABANDONED\`; el pedido tiene \`capture: 'later'\``,
  "`VERIFICATION` with `ACCEPTED` and `PAID`, with a stored card; the order has `save: 'only'`":
    "`VERIFICATION` con `ACCEPTED` y `PAID`, con una tarjeta guardada; el pedido tiene `save: 'only'`",
  '`DEBIT` with `PARTIALLY_AUTHORISED`, or payments whose sum is less than the price':
    '`DEBIT` con `PARTIALLY_AUTHORISED`, o pagos cuya suma es menor que el precio',
  [`${open}, with \`RUNNING\`; ${held} of an order without \`capture: 'later'\``]: `${open}, con \`RUNNING\`; ${held} de un pedido sin \`capture: 'later'\``,
  [`${cancelled} after the bank approved the payment, with \`UNPAID\` or \`ABANDONED\``]: `${cancelled} después de que el banco aprobara el pago, con \`UNPAID\` o \`ABANDONED\``,
  [`${failed}, with \`UNPAID\` or \`ABANDONED\`, and no other attempt that is paid, open or unknown`]: `${failed}, con \`UNPAID\` o \`ABANDONED\`, y ningún otro intento pagado, abierto o desconocido`,
  'no transaction, or `PSP_010` for the order': 'sin transacción, o `PSP_010` para el pedido',
  'nothing that Lyra signed, and `PSP_100` for the order: the contract of the shop has no REST operations, so only a signed result or a notification can decide':
    'nada firmado por Lyra, y `PSP_100` para el pedido: el contrato de la tienda no incluye las operaciones REST; solo un resultado firmado o una notificación puede decidir',
};
