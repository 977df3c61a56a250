<?php
declare(strict_types=1);

/** Returns the visitor's random ID, which is in the session. In a shop with accounts, use the ID of the account. */
function visitor(): string
{
    session_start([
        'name' => 'session',
        'use_strict_mode' => true,
        'cookie_httponly' => true,
        'cookie_samesite' => 'Lax', // so a page of another site cannot place an order
        'cookie_secure' => getenv('PAY_ENVIRONMENT') === 'production',
    ]);
    return $_SESSION['visitor'] ??= bin2hex(random_bytes(16));
}

/** The page with the button that places an order: `/?provider=izipay` for Izipay. */
function show_products(): never
{
    $provider = known_provider($_GET['provider'] ?? 'payme');
    show('products', ['provider' => $provider, 'price' => PRICES[$provider]]);
}

function place_order(): never
{
    $provider = known_provider($_POST['provider'] ?? '');
    $reference = create_order($provider, visitor());
    header("Location: /orders/$reference", true, 303);
    exit();
}

function show_order(string $reference): never
{
    $order = find_order($reference);
    if (!$order || $order['visitor'] !== visitor()) {
        not_found(); // the same for an unknown order and for another visitor's
    }
    $endpoints = getenv('SHOP_ENDPOINTS') ?: '/api/pay';
    show('order', [
        'order' => $order,
        'instructions' => settled($order) === 'pending' ? instructions($order) : null,
        'endpoints' => $endpoints,
        'standIns' => getenv('PAY_STAND_INS') ?: null,
    ]);
}

function known_provider(mixed $name): string
{
    if (!is_string($name) || !isset(PRICES[$name])) {
        not_found();
    }
    return $name;
}

function not_found(): never
{
    http_response_code(404);
    exit('Not found');
}

function show(string $view, array $values): never
{
    header('Cache-Control: no-store');
    extract($values);
    require __DIR__ . "/views/$view.php";
    exit();
}

/** Escapes text for HTML, in attributes too. */
function e(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

/** Formats a time in ISO 8601 for shoppers in Lima. */
function local_time(string $time): string
{
    return (new DateTimeImmutable($time))->setTimezone(new DateTimeZone('America/Lima'))->format('d/m/Y H:i');
}

function price(array $price): string
{
    return $price['currency'] . ' ' . number_format($price['amount'] / 100, 2);
}
