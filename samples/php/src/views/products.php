<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Tienda</title>
    <style>
      :root { color-scheme: light dark; }
      [aria-current] { font-weight: bold; }
    </style>
  </head>
  <body>
    <h1>Tienda</h1>
    <p>
      <?php foreach (array_keys(PRICES) as $name): ?>
        <a href="/?provider=<?= e($name) ?>"<?= $name === $provider ? ' aria-current="page"' : '' ?>><?= e($name) ?></a>
      <?php endforeach ?>
    </p>
    <form method="post" action="/orders">
      <button name="provider" value="<?= e($provider) ?>">Comprar por <?= e(price($price)) ?></button>
    </form>
  </body>
</html>
