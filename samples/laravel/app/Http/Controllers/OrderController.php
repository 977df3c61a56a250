<?php

namespace App\Http\Controllers;

use App\Orders;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Str;
use Illuminate\View\View;

class OrderController
{
    public function __construct(private Orders $orders)
    {
    }

    /** The page with the button that places an order: `/?provider=izipay` for Izipay. */
    public function create(Request $request): View
    {
        $provider = $request->query('provider', 'payme');
        abort_unless(is_string($provider) && isset(Orders::PRICES[$provider]), 404);
        return view('products', ['provider' => $provider, 'prices' => Orders::PRICES]);
    }

    public function store(Request $request): RedirectResponse
    {
        $provider = $request->input('provider');
        abort_unless(is_string($provider) && isset(Orders::PRICES[$provider]), 404);
        // A random ID of the visitor. In a shop with accounts, use the ID of the account.
        $visitor = $request->session()->remember('visitor', fn() => Str::random(32));
        return redirect('/orders/' . $this->orders->create($provider, $visitor), 303);
    }

    public function show(Request $request, string $reference): View
    {
        $order = $this->orders->find($reference);
        // The same for an unknown order and for another visitor's.
        abort_unless($order && $order['visitor'] === $request->session()->get('visitor'), 404);
        $instructions = $this->orders->settled($order) === 'pending' ? $this->orders->instructions($order) : null;
        return view('order', ['order' => $order, 'instructions' => $instructions, ...config('pay.page')]);
    }
}
