<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Pedido {{ $order['reference'] }}</title>
    <style>
      :root { color-scheme: light dark; } /* the form follows it */
      #instructions img { background: white; padding: 1em; } /* scanners need a light margin */
    </style>
    @if ($standIns)
      <script src="{{ $standIns }}/stand-ins.js"></script>
      <script src="{{ $standIns }}/pay-checkout.min.js" defer></script>
    @else
      <script src="/pay-checkout.min.js" defer></script>
    @endif
  </head>
  <body>
    <h1>Pedido {{ $order['reference'] }}: {{ $order['currency'] }} {{ number_format($order['amount'] / 100, 2) }}</h1>
    @if ($order['paidBy'] !== null)
      <p id="paid">Pagado y confirmado. Gracias por tu compra.</p>
    @else
      @includeWhen($instructions, 'instructions')
      <pay-checkout
        provider="{{ $order['provider'] }}"
        environment="{{ $environment }}"
        order="{{ $order['reference'] }}"
        token-endpoint="{{ $endpoints }}/token"
        outcome-endpoint="{{ $endpoints }}/outcome"
        credentials="include"
      ></pay-checkout>
    @endif
    <p><a href="/">Volver a la tienda</a></p>
  </body>
</html>
