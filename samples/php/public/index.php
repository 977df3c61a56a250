<?php
// Every request for a page or a call: php -S 127.0.0.1:8000 -t public
declare(strict_types=1);

require __DIR__ . '/../src/signature.php';
require __DIR__ . '/../src/orders.php';
require __DIR__ . '/../src/calls.php';
require __DIR__ . '/../src/pages.php';

ini_set('display_errors', '0'); // errors go to the log, never to a page

$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
match ("{$_SERVER['REQUEST_METHOD']} $path") {
    'GET /' => show_products(),
    'POST /orders' => place_order(),
    'POST /pay/order' => answer_order(read_call()),
    'POST /pay/outcome' => receive_outcome(read_call()),
    default => str_starts_with($path, '/orders/') ? show_order(rawurldecode(substr($path, 8))) : not_found(),
};
