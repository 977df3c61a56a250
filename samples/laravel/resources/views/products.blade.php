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
      @foreach (array_keys($prices) as $name)
        <a href="/?provider={{ $name }}" @if ($name === $provider) aria-current="page" @endif>{{ $name }}</a>
      @endforeach
    </p>
    <form method="post" action="/orders">
      @csrf
      <button name="provider" value="{{ $provider }}">
        Comprar por {{ $prices[$provider]['currency'] }} {{ number_format($prices[$provider]['amount'] / 100, 2) }}
      </button>
    </form>
  </body>
</html>
