<section id="instructions">
  <h2>Completa tu pago</h2>
  <?php if (isset($instructions['cip'])): ?>
    <p>Código de pago (CIP): <strong><?= e($instructions['cip']) ?></strong></p>
  <?php endif ?>
  <?php if (str_starts_with($instructions['qrImage'] ?? '', 'data:image/')): ?>
    <p><img src="<?= e($instructions['qrImage']) ?>" alt="Código QR para pagar" width="240"></p>
  <?php endif ?>
  <?php if (str_starts_with($instructions['cipUrl'] ?? '', 'https://')): ?>
    <p><a href="<?= e($instructions['cipUrl']) ?>">Cómo pagar con el código</a></p>
  <?php endif ?>
  <?php if (str_starts_with($instructions['continueUrl'] ?? '', 'https://')): ?>
    <p><a href="<?= e($instructions['continueUrl']) ?>">Continuar el pago</a></p>
  <?php endif ?>
  <?php if (isset($instructions['expiresAt'])): ?>
    <p>Vence el <time datetime="<?= e($instructions['expiresAt']) ?>"><?= e(local_time($instructions['expiresAt'])) ?></time> (hora de Lima).</p>
  <?php endif ?>
</section>
