const returned =
  'Si este `payment.id` pagó el pedido, detenga el envío: el pedido se puede volver a pagar. De lo contrario, deje el pedido como está.';

/** The Spanish text of each text in the tables, by the English one. A text that changes in English is missing here until it is translated. */
export const spanish: Readonly<Record<string, string>> = {
  meaning: 'significado',
  'what you do': 'qué hace usted',
  'answer to the page': 'respuesta a la página',
  provider: 'proveedor',
  'what it says': 'qué dice',
  'any other word': 'cualquier otra palabra',
  '`declined`, returned': '`declined`, devuelto',

  "The provider confirms that the order's amount was charged, in its currency, and nothing contradicts it.":
    'El proveedor confirma que se cobró el monto del pedido, en su moneda, y nada lo contradice.',
  'Fulfil the order, once.': 'Procese el pedido, una sola vez.',
  'The amount is held on the card. It is not charged.': 'El monto está retenido en la tarjeta. No está cobrado.',
  'Before you ship, [capture it](operations.md#holds). Or cancel it, which releases the amount.':
    'Antes de despachar, [captúrelo](../operations.md#holds). O anúlelo, lo que libera el monto.',
  'A card or account was stored. No money moved.': 'Se guardó una tarjeta o una cuenta. No se movió dinero.',
  'Store `savedCard` with the customer. Ship nothing.': 'Guarde `savedCard` con el cliente. No despache nada.',
  'The payment is registered but not paid yet: a QR code, a voucher, a transfer.':
    'El pago está registrado pero aún no pagado: un código QR, un código de pago, una transferencia.',
  'Wait for the notification, or [settle it](operations.md#settle-pending-payments-from-a-queue). Show `details.instructions` to the shopper.':
    'Espere la notificación, o [resuélvalo](../operations.md#settle-pending-payments-from-a-queue). Muestre `details.instructions` al comprador.',
  "The provider's final no to this attempt.": 'El rechazo definitivo del proveedor a este intento.',
  'Nothing: another attempt may be in progress.': 'Nada: puede haber otro intento en curso.',
  'The payment was charged, and the whole amount was returned later.': 'El pago se cobró, y después se devolvió todo el monto.',
  'If this `payment.id` paid the order, stop the delivery: the order may be paid again. Otherwise, leave the order as it is.': returned,
  'The payment was undone before it was settled, or it came back from the bank.':
    'El pago se revirtió antes de su liquidación, o el banco lo devolvió.',
  'The payment that was presented is not the payment of this order.': 'El pago que se presentó no es el pago de este pedido.',
  "Do not fulfil the order. Check the provider's panel by hand: money may have moved.":
    'No procese el pedido. Revise a mano el panel del proveedor: es posible que se haya movido dinero.',

  'The provider did not sign the result.': 'El proveedor no firmó el resultado.',
  'Log it.': 'Escríbalo en el registro.',
  'The payment belongs to another order or another merchant, or no listed secret proves that it belongs to this one.':
    'El pago es de otro pedido o de otro comercio, o ningún secreto de la lista demuestra que sea de este.',
  'Check it by hand.': 'Revíselo a mano.',
  'It is a payment of this order, but in another currency. The page changed it, or your currency changed while the form was open.':
    'Es un pago de este pedido, pero en otra moneda. La página la cambió, o su moneda cambió mientras el formulario estaba abierto.',
  'Do not fulfil the order. Refund `reference`: `details` has what was charged.':
    'No procese el pedido. Reembolse `reference`: `details` tiene lo que se cobró.',
  'It is a payment of this order, but `details.amount`, which was charged or held, is not its price. Your price changed while the form was open, or the page changed the amount.':
    'Es un pago de este pedido, pero `details.amount`, que se cobró o se retuvo, no es su precio. Su precio cambió mientras el formulario estaba abierto, o la página cambió el monto.',
  'Do not fulfil the order yet. [Refund it or collect the difference](#a-payment-of-another-price).':
    'No procese todavía el pedido. [Reembólselo o cobre la diferencia](#un-pago-con-otro-precio).',
  'The provider used words that this version does not know, or words that contradict each other.':
    'El proveedor usó palabras que esta versión no conoce, o palabras que se contradicen.',
  "Look `reference` up in the provider's panel, and report the words to us.":
    'Busque `reference` en el panel del proveedor, e infórmenos de las palabras.',
  'The provider did not answer what became of the payment. With Payroc and a working `cache`, no further sale is made for ten minutes.':
    'El proveedor no respondió qué pasó con el pago. Con Payroc y un `cache` que funciona, no se hace otra venta durante diez minutos.',
  'Wait for the notification. With Payroc, do nothing: the next attempt of the shopper looks the sale up first.':
    'Espere la notificación. Con Payroc, no haga nada: el siguiente intento del comprador busca primero la venta.',
  'The provider does not know the payment yet.': 'El proveedor todavía no conoce el pago.',
  'Wait for the notification.': 'Espere la notificación.',
  'The payment was made before the time that your order names in `openedAt`, or at an unknown time.':
    'El pago se hizo antes del momento que su pedido indica en `openedAt`, o en un momento desconocido.',
  'Check it by hand: it is probably the receipt of an earlier payment of this order.':
    'Revíselo a mano: probablemente es el comprobante de un pago anterior de este pedido.',
  'Only a part of the price was approved. `approved` is that part in minor units. Money has moved.':
    'Solo se aprobó una parte del precio. `approved` es esa parte, en la unidad mínima. Se movió dinero.',
  "Void `reference` in the provider's panel, or collect the rest. With Payroc, it occurs only if you set `acceptPartialAmount` in `extra.order`.":
    'Anule `reference` en el panel del proveedor, o cobre el resto. Con Payroc, ocurre solo si usted define `acceptPartialAmount` en `extra.order`.',
  "The shopper's bank asks you to call.": 'El banco del comprador le pide que llame.',
  'Call the bank, or ask for another card. No notification follows.': 'Llame al banco, o pida otra tarjeta. No sigue ninguna notificación.',
  'The provider has the payment and decides later, as with bank transfers.':
    'El proveedor tiene el pago y decide más tarde, como con las transferencias bancarias.',
  '[Settle it](operations.md#settle-pending-payments-from-a-queue) later. With Payroc, no notification follows.':
    '[Resuélvalo](../operations.md#settle-pending-payments-from-a-queue) más tarde. Con Payroc, no sigue ninguna notificación.',
  'Your account does not accept this kind of card.': 'Su cuenta no acepta este tipo de tarjeta.',
  'Nothing, or ask the provider to enable it.': 'Nada, o pida al proveedor que lo habilite.',
  'The provider rejected the sale as invalid, so no money moved.':
    'El proveedor rechazó la venta por no ser válida, así que no se movió dinero.',
  'Nothing if it happens once. If it happens often, check your account and the currency of the order.':
    'Nada si ocurre una vez. Si ocurre a menudo, revise su cuenta y la moneda del pedido.',
};
