<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;

/** Refuses a call that `pay-checkout serve` did not sign, or signed more than 300 seconds ago. */
class VerifyPaySignature
{
    public function handle(Request $request, Closure $next): mixed
    {
        $header = $request->header('Pay-Checkout-Signature', '');
        abort_unless($this->isSigned($request->getContent(), $header, (string) config('pay.secret')), 401);
        return $next($request);
    }

    private function isSigned(string $body, string $header, string $secret): bool
    {
        preg_match('/^t=([0-9]{1,12}),/', $header, $time);
        if (strlen($secret) < 32 || !$time || abs(time() - (int) $time[1]) > 300) {
            return false;
        }
        $expected = hash_hmac('sha256', "$time[1].$body", $secret);
        preg_match_all('/,v1=([0-9a-f]{64})/', $header, $signatures);
        return (bool) array_filter($signatures[1], fn(string $one) => hash_equals($expected, $one));
    }
}
