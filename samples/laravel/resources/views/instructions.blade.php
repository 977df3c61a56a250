<section id="instructions">
  <h2>Completa tu pago</h2>
  @isset($instructions['cip'])
    <p>Código de pago (CIP): <strong>{{ $instructions['cip'] }}</strong></p>
  @endisset
  @if (str_starts_with($instructions['qrImage'] ?? '', 'data:image/'))
    <p><img src="{{ $instructions['qrImage'] }}" alt="Código QR para pagar" width="240"></p>
  @endif
  @if (str_starts_with($instructions['cipUrl'] ?? '', 'https://'))
    <p><a href="{{ $instructions['cipUrl'] }}">Cómo pagar con el código</a></p>
  @endif
  @if (str_starts_with($instructions['continueUrl'] ?? '', 'https://'))
    <p><a href="{{ $instructions['continueUrl'] }}">Continuar el pago</a></p>
  @endif
  @isset($instructions['expiresAt'])
    <p>Vence el <time datetime="{{ $instructions['expiresAt'] }}">{{ Carbon\Carbon::parse($instructions['expiresAt'])->tz('America/Lima')->format('d/m/Y H:i') }}</time> (hora de Lima).</p>
  @endisset
</section>
