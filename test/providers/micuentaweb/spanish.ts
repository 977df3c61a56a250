import { failedWords, openWords } from '../../../src/providers/micuentaweb/server/transaction-words.js';

const charged = '`DEBIT` with `detailedStatus` `AUTHORISED` or `CAPTURED`, `status` and `orderStatus` `PAID`';
const cobrado = '`DEBIT` con `detailedStatus` `AUTHORISED` o `CAPTURED`, `status` y `orderStatus` `PAID`';
const failed = `\`${failedWords.join('`, `')}\``;

const open = `\`${openWords.join('`, `')}\``;

/** The Spanish words of its outcome rules, by the English ones. */
export const spanish: Readonly<Record<string, string>> = {
  [`${charged}; the whole amount was returned since`]: `${cobrado}; después se devolvió todo el monto`,
  [`${charged}; the order is not one with \`save: 'only'\``]: `${cobrado}; el pedido no tiene \`save: 'only'\``,
  "`DEBIT` with `AUTHORISED_TO_VALIDATE`; the order has `capture: 'later'`":
    "`DEBIT` con `AUTHORISED_TO_VALIDATE`; el pedido tiene `capture: 'later'`",
  "`VERIFICATION` with `ACCEPTED` and `status` `PAID`, with a stored card; the order has `save: 'only'`":
    "`VERIFICATION` con `ACCEPTED` y `status` `PAID`, con una tarjeta guardada; el pedido tiene `save: 'only'`",
  [open]: open,
  '`DEBIT` with `PARTIALLY_AUTHORISED`': '`DEBIT` con `PARTIALLY_AUTHORISED`',
  [`${failed}, with \`status\` and \`orderStatus\` \`UNPAID\` or \`ABANDONED\`, and no other attempt that is paid or open`]: `${failed}, con \`status\` y \`orderStatus\` \`UNPAID\` o \`ABANDONED\`, y ningún otro intento pagado o abierto`,
  'no transaction, or `PSP_010` for the order': 'sin transacción, o `PSP_010` para el pedido',
  '`PSP_100`: the contract of the shop has no REST operations, so only signed payments and notifications decide':
    '`PSP_100`: el contrato de la tienda no incluye las operaciones REST; solo deciden los pagos firmados y las notificaciones',
};
