/** The Spanish words of its outcome rules, by the English ones. */
export const spanish: Readonly<Record<string, string>> = {
  'operation or transaction: a word that this table does not have': 'operación o transacción: una palabra que no está en esta tabla',
  'operation: a word of `paid`; transaction: `EXTORNADO`': 'operación: una palabra de `paid`; transacción: `EXTORNADO`',
  'operation or transaction: `EXTORNADO`': 'operación o transacción: `EXTORNADO`',
  'operation: `AUTORIZADO`, `LIQUIDADO` or `DEPOSITADO`, also if this transaction was declined':
    'operación: `AUTORIZADO`, `LIQUIDADO` o `DEPOSITADO`, aunque esta transacción se haya rechazado',
  'operation: a word of `declined` below; transaction: a word of `paid`':
    'operación: una palabra de `declined`, más abajo; transacción: una palabra de `paid`',
  'transaction: `AUTORIZADO`, `LIQUIDADO` or `DEPOSITADO`': 'transacción: `AUTORIZADO`, `LIQUIDADO` o `DEPOSITADO`',
  'transaction: `DENEGADO`, `INVALIDO`, `CANCELADO` or `EXPIRADO`': 'transacción: `DENEGADO`, `INVALIDO`, `CANCELADO` o `EXPIRADO`',
  'transaction: `PENDIENTE`, `REGISTRADO` or no state': 'transacción: `PENDIENTE`, `REGISTRADO` o sin estado',
  'Pay-me does not know the operation or the transaction': 'Pay-me no conoce la operación o la transacción',
};
