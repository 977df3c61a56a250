<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Pedido <?= e($order['reference']) ?></title>
    <style>
      :root { color-scheme: light dark; } /* the form follows it */
      #instructions img { background: white; padding: 1em; } /* scanners need a light margin */
    </style>
    <?php if ($standIns): ?>
      <script src="<?= e($standIns) ?>/stand-ins.js"></script>
      <script src="<?= e($standIns) ?>/pay-checkout.min.js" defer></script>
    <?php else: ?>
      <script src="/pay-checkout.min.js" defer></script>
    <?php endif ?>
  </head>
  <body>
    <h1>Pedido <?= e($order['reference']) ?>: <?= e(price($order)) ?></h1>
    <?php if ($order['paidBy'] !== null): ?>
      <p id="paid">Pagado y confirmado. Gracias por tu compra.</p>
    <?php else: ?>
      <?php if ($instructions): ?>
        <?php require __DIR__ . '/instructions.php' ?>
      <?php endif ?>
      <pay-checkout
        provider="<?= e($order['provider']) ?>"
        environment="<?= e(getenv('PAY_ENVIRONMENT')) ?>"
        order="<?= e($order['reference']) ?>"
        token-endpoint="<?= e($endpoints) ?>/token"
        outcome-endpoint="<?= e($endpoints) ?>/outcome"
        credentials="include"
      ></pay-checkout>
    <?php endif ?>
    <p><a href="/">Volver a la tienda</a></p>
  </body>
</html>
