const charged = '`code` `00`, `stateMessage` `Autorizado`, con un `uniqueId` y, salvo con Yape, Plin y QR, un `codeAuth`';

/** The Spanish words of its outcome rules, by the English ones. */
export const spanish: Readonly<Record<string, string>> = {
  'no signature, or `code` `021` or `COMMUNICATION_ERROR`': 'sin firma, o `code` `021` o `COMMUNICATION_ERROR`',
  '`code` `T01` to `T33`, `P01` to `P34`, from `A02`, from `Y06`, or `007`; or `stateMessage` `Denegado` with any other code except `00`':
    '`code` `T01` a `T33`, `P01` a `P34`, desde `A02`, desde `Y06`, o `007`; o `stateMessage` `Denegado` con cualquier otro código salvo `00`',
  '`code` `00`, `stateMessage` `Autorizado`, with a stored card; the order has `save: \'only\'` or `action: "register"`':
    '`code` `00`, `stateMessage` `Autorizado`, con una tarjeta guardada; el pedido tiene `save: \'only\'` o `action: "register"`',
  '`code` `00`, `stateMessage` `Autorizado`, with a `uniqueId` and, except for Yape, Plin and QR, a `codeAuth`; the order has `capture: \'later\'` or `processType: "PA"`': `${charged}; el pedido tiene \`capture: 'later'\` o \`processType: "PA"\``,
  '`code` `00`, `stateMessage` `Autorizado`, with a `uniqueId` and, except for Yape, Plin and QR, a `codeAuth`; the order has neither': `${charged}; el pedido no tiene ninguno de los dos`,
};
