<?php
declare(strict_types=1);

const PRICES = [
    'payme' => ['amount' => 1050, 'currency' => 'PEN'], // S/ 10.50
    'izipay' => ['amount' => 1050, 'currency' => 'PEN'],
    'micuentaweb' => ['amount' => 1050, 'currency' => 'PEN'],
    'payroc' => ['amount' => 300, 'currency' => 'USD'], // US$ 3.00
];

/**
 * Runs `$change` on all orders while no other request does, and stores them unless it throws.
 * In your shop, this is a transaction of your database that locks the order (`select … for update`).
 */
function change_orders(callable $change): mixed
{
    $file = fopen(getenv('ORDERS_FILE') ?: __DIR__ . '/../orders.json', 'c+');
    try {
        flock($file, LOCK_EX);
        $orders = json_decode(stream_get_contents($file) ?: '{}', true, 512, JSON_THROW_ON_ERROR);
        $before = $orders;
        $result = $change($orders); // by reference
        if ($orders !== $before) {
            $text = json_encode($orders, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_FORCE_OBJECT);
            ftruncate($file, 0);
            rewind($file);
            fwrite($file, $text);
            fflush($file);
        }
        return $result;
    } finally {
        fclose($file); // also unlocks it
    }
}

/** Stores a new order and returns its reference. */
function create_order(string $provider, string $visitor): string
{
    return change_orders(function (array &$orders) use ($provider, $visitor) {
        $reference = 'A-' . (1001 + count($orders));
        $orders[$reference] = [
            'reference' => $reference,
            'visitor' => $visitor,
            'provider' => $provider,
            ...PRICES[$provider],
            'buyer' => [ // what the shopper typed
                'firstName' => 'Lucía',
                'lastName' => 'Quispe',
                'email' => 'lucia@example.com',
                'phone' => ['countryCode' => '51', 'number' => '987654321'],
                'address' => ['line1' => 'Av. Arequipa 123', 'city' => 'Lima', 'state' => 'Lima', 'country' => 'PE'],
            ],
            'paidBy' => null, // the `payment.id` that paid it
            'openedAt' => null, // when it was opened again after a refund
            'payments' => [], // by `payment.id`: the latest outcome of each
        ];
        return $reference;
    });
}

function find_order(string $reference): ?array
{
    return change_orders(fn(array &$orders) => $orders[$reference] ?? null);
}

/** What the order needs no further payment for, if anything. */
function settled(array $order): ?string
{
    $outcomes = array_column($order['payments'], 'outcome');
    return match (true) {
        $order['paidBy'] !== null => 'paid',
        in_array('authorized', $outcomes, true) => 'authorized',
        array_filter($order['payments'], is_pending(...)) !== [] => 'pending',
        default => null,
    };
}

/** Whether the shopper may still complete the payment, or your staff must decide about it. Until then, the order is not paid again. */
function is_pending(array $known): bool
{
    return $known['outcome'] === 'pending' && match ($known['reason'] ?? null) {
        null => !has_expired($known['details']['instructions'] ?? []),
        'price', 'partial' => true,
        default => false, // such as `unanswered`: the shopper may try again
    };
}

/** Not every provider reports an expiry. */
function has_expired(array $instructions): bool
{
    return isset($instructions['expiresAt']) && strtotime($instructions['expiresAt']) <= time();
}

/** How the shopper completes a payment that is pending, such as a QR code, while that is possible. */
function instructions(array $order): ?array
{
    foreach (array_filter($order['payments'], is_pending(...)) as $known) {
        $found = $known['details']['instructions'] ?? [];
        if ($found && !has_expired($found)) {
            return $found;
        }
    }
    return null;
}
