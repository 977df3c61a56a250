<?php

namespace App\Http\Controllers;

use App\Orders;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Arr;
use Illuminate\Support\Carbon;
use Illuminate\Support\Facades\Log;

/** The two calls of `npx pay-checkout serve`. */
class PayController
{
    public function __construct(private Orders $orders)
    {
    }

    /** Answers the order that is to be paid. The amount comes from here, never from the page. */
    public function order(Request $request): JsonResponse
    {
        $call = $this->read($request);
        // A page may name an order of its own visitor only. Notifications and returns have no visitor, and `serve` names the reference.
        $isVisitor = in_array($call['endpoint'], ['token', 'outcome'], true);
        $order = $this->orders->find($isVisitor ? $call['order'] ?? '' : $call['reference']);
        abort_unless($order && (!$isVisitor || $order['visitor'] === $request->session()->get('visitor')), 404);
        return response()->json([
            ...Arr::only($order, ['reference', 'amount', 'currency', 'buyer', 'openedAt']),
            'settled' => $this->orders->settled($order),
            'instructions' => $this->orders->instructions($order),
        ]);
    }

    /** Stores what became of a payment. The same call may arrive several times, late, and in any order. */
    public function outcome(Request $request): JsonResponse
    {
        $call = $this->read($request);
        if ($call['outcome'] === 'forged') { // not the payment of this order, so it replaces none
            $this->alertStaff('This is not the payment of the order', $call);
        } else {
            $this->orders->change(function (array &$orders) use ($call) {
                if (isset($orders[$call['payment']['order']])) {
                    $this->apply($orders[$call['payment']['order']], $call);
                } else {
                    $this->alertStaff('A payment of an unknown order', $call);
                }
            });
        }
        return response()->json(['stored' => true]);
    }

    /** Reads the signed text itself, because middleware may change the input: TrimStrings, for example. */
    private function read(Request $request): array
    {
        return json_decode($request->getContent(), true, 512, JSON_THROW_ON_ERROR);
    }

    private function apply(array &$order, array $call): void
    {
        ['outcome' => $outcome, 'payment' => $payment] = $call;
        $id = $payment['id'] ?? null;
        if ($id !== null) {
            $known = $order['payments'][$id] ?? null;
            $isOlder = $known && Carbon::parse($call['decidedAt'])->lt($known['decidedAt']);
            $wasReturned = in_array($known['outcome'] ?? null, ['refunded', 'reversed'], true);
            // An older outcome does not undo a newer one. But a late `paid` counts unless the money has gone back since.
            if ($isOlder && ($outcome !== 'paid' || $wasReturned)) {
                return;
            }
            $order['payments'][$id] = Arr::only($call, ['outcome', 'reason', 'payment', 'details', 'decidedAt']);
        }
        if ($outcome === 'paid') {
            $this->markAsPaid($order, $call);
        } elseif ($outcome === 'refunded' || $outcome === 'reversed') {
            $this->markAsReturned($order, $call);
        } elseif (in_array($call['reason'] ?? null, ['price', 'partial', 'stale', 'unknown-state'], true)) {
            $this->alertStaff('Check this payment by hand', $call);
        }
        // `declined` needs nothing: the shopper may try again. Capture an `authorized` payment before you ship.
    }

    /** Only `paid` fulfils an order, and only once. */
    private function markAsPaid(array &$order, array $call): void
    {
        if ($order['paidBy'] === null) {
            $order['paidBy'] = $call['payment']['id'];
            Log::notice("Fulfil order {$order['reference']}"); // in your shop, in the same transaction
        } elseif ($order['paidBy'] !== $call['payment']['id']) {
            $this->alertStaff('Refund this second payment', $call);
        }
    }

    /** Opens the order again if the money of the payment that paid it has gone back. */
    private function markAsReturned(array &$order, array $call): void
    {
        if ($order['paidBy'] !== null && $order['paidBy'] === ($call['payment']['id'] ?? null)) {
            $order['paidBy'] = null;
            $order['openedAt'] = now()->toAtomString(); // the old receipt does not pay the order again
            $this->alertStaff('Stop the delivery', $call);
        }
    }

    /** Reports a payment without the rest of the call, which contains personal data. */
    private function alertStaff(string $what, array $call): void
    {
        Log::critical($what, Arr::only($call, ['outcome', 'reason', 'payment']));
    }
}
