<?php

namespace App;

use Closure;

/** The orders, in one file. In your shop, they are a table of your database. */
class Orders
{
    public const PRICES = [
        'payme' => ['amount' => 1050, 'currency' => 'PEN'], // S/ 10.50
        'izipay' => ['amount' => 1050, 'currency' => 'PEN'],
        'micuentaweb' => ['amount' => 1050, 'currency' => 'PEN'],
        'payroc' => ['amount' => 300, 'currency' => 'USD'], // US$ 3.00
    ];

    /**
     * Runs `$change` on all orders while no other request does, and stores them unless it throws. In your shop, this is
     * `DB::transaction()` with `lockForUpdate()` on the order.
     */
    public function change(Closure $change): mixed
    {
        $file = fopen(storage_path('orders.json'), 'c+');
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
    public function create(string $provider, string $visitor): string
    {
        return $this->change(function (array &$orders) use ($provider, $visitor) {
            $reference = 'A-' . (1001 + count($orders));
            $orders[$reference] = [
                'reference' => $reference,
                'visitor' => $visitor,
                'provider' => $provider,
                ...self::PRICES[$provider],
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

    public function find(string $reference): ?array
    {
        return $this->change(fn(array &$orders) => $orders[$reference] ?? null);
    }

    /** What the order needs no further payment for, if anything. */
    public function settled(array $order): ?string
    {
        return match (true) {
            $order['paidBy'] !== null => 'paid',
            in_array('authorized', array_column($order['payments'], 'outcome'), true) => 'authorized',
            array_filter($order['payments'], $this->isPending(...)) !== [] => 'pending',
            default => null,
        };
    }

    /** How the shopper completes a payment that is pending, such as a QR code, while that is possible. */
    public function instructions(array $order): ?array
    {
        foreach (array_filter($order['payments'], $this->isPending(...)) as $known) {
            $found = $known['details']['instructions'] ?? [];
            if ($found && !$this->hasExpired($found)) {
                return $found;
            }
        }
        return null;
    }

    /** Whether the shopper may still complete the payment, or your staff must decide about it. Until then, the order is not paid again. */
    private function isPending(array $known): bool
    {
        return $known['outcome'] === 'pending' && match ($known['reason'] ?? null) {
            null => !$this->hasExpired($known['details']['instructions'] ?? []),
            'price', 'partial' => true,
            default => false, // such as `unanswered`: the shopper may try again
        };
    }

    /** Not every provider reports an expiry. */
    private function hasExpired(array $instructions): bool
    {
        return isset($instructions['expiresAt']) && strtotime($instructions['expiresAt']) <= time();
    }
}
