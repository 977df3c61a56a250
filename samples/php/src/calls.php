<?php
// The two calls of `npx pay-checkout serve`.
declare(strict_types=1);

/** Returns the call, or ends the request with a 401 if `serve` did not sign it. */
function read_call(): array
{
    $body = (string) file_get_contents('php://input');
    $header = $_SERVER['HTTP_PAY_CHECKOUT_SIGNATURE'] ?? '';
    if (!is_signed($body, $header, (string) getenv('PAY_BACKEND_SECRET'))) {
        answer(401, ['message' => 'The signature does not match, or is older than 300 seconds.']);
    }
    return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
}

/** Answers the order that is to be paid. The amount comes from here, never from the page. */
function answer_order(array $call): never
{
    // A page may name an order of its own visitor only. Notifications and returns have no visitor, and `serve` names the reference.
    $isVisitor = in_array($call['endpoint'], ['token', 'outcome'], true);
    $order = find_order($isVisitor ? $call['order'] ?? '' : $call['reference']);
    if (!$order || ($isVisitor && $order['visitor'] !== visitor())) {
        answer(404, ['message' => 'This visitor has no such order.']);
    }
    answer(200, [
        'reference' => $order['reference'],
        'amount' => $order['amount'],
        'currency' => $order['currency'],
        'buyer' => $order['buyer'],
        'settled' => settled($order),
        'instructions' => instructions($order),
        'openedAt' => $order['openedAt'],
    ]);
}

/** Stores what became of a payment. The same call may arrive several times, late, and in any order. */
function receive_outcome(array $call): never
{
    if ($call['outcome'] === 'forged') { // not the payment of this order, so it replaces none
        alert_staff('This is not the payment of the order', $call);
    } else {
        change_orders(function (array &$orders) use ($call) {
            if (isset($orders[$call['payment']['order']])) {
                apply_outcome($orders[$call['payment']['order']], $call);
            } else {
                alert_staff('A payment of an unknown order', $call);
            }
        });
    }
    answer(200, ['stored' => true]);
}

function apply_outcome(array &$order, array $call): void
{
    ['outcome' => $outcome, 'payment' => $payment] = $call;
    $id = $payment['id'] ?? null;
    if ($id !== null) {
        $known = $order['payments'][$id] ?? null;
        $isOlder = $known && new DateTimeImmutable($call['decidedAt']) < new DateTimeImmutable($known['decidedAt']);
        $wasReturned = in_array($known['outcome'] ?? null, ['refunded', 'reversed'], true);
        // An older outcome does not undo a newer one. But a late `paid` counts unless the money has gone back since.
        if ($isOlder && ($outcome !== 'paid' || $wasReturned)) {
            return;
        }
        $order['payments'][$id] = array_intersect_key($call, array_flip(['outcome', 'reason', 'payment', 'details', 'decidedAt']));
    }
    if ($outcome === 'paid') {
        mark_as_paid($order, $call);
    } elseif ($outcome === 'refunded' || $outcome === 'reversed') {
        mark_as_returned($order, $call);
    } elseif (in_array($call['reason'] ?? null, ['price', 'partial', 'stale', 'unknown-state'], true)) {
        alert_staff('Check this payment by hand', $call);
    }
    // `declined` needs nothing: the shopper may try again. Capture an `authorized` payment before you ship.
}

/** Only `paid` fulfils an order, and only once. */
function mark_as_paid(array &$order, array $call): void
{
    if ($order['paidBy'] === null) {
        $order['paidBy'] = $call['payment']['id'];
        error_log("Fulfil order {$order['reference']}"); // in your shop, in the same transaction
    } elseif ($order['paidBy'] !== $call['payment']['id']) {
        alert_staff('Refund this second payment', $call);
    }
}

/** Opens the order again if the money of the payment that paid it has gone back. */
function mark_as_returned(array &$order, array $call): void
{
    if ($order['paidBy'] !== null && $order['paidBy'] === ($call['payment']['id'] ?? null)) {
        $order['paidBy'] = null;
        $order['openedAt'] = date(DATE_ATOM); // the old receipt does not pay the order again
        alert_staff('Stop the delivery', $call);
    }
}

/** Reports a payment without the rest of the call, which contains personal data. */
function alert_staff(string $what, array $call): void
{
    error_log("$what: " . json_encode([$call['outcome'], $call['reason'] ?? null, $call['payment']]));
}

function answer(int $status, array $body): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    echo json_encode($body, JSON_THROW_ON_ERROR);
    exit();
}
