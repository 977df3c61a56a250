<?php

namespace App\Http\Middleware;

use Illuminate\Foundation\Http\Middleware\VerifyCsrfToken as Middleware;

class VerifyCsrfToken extends Middleware
{
    /** `pay-checkout serve` has no CSRF token. This is safe, because VerifyPaySignature refuses every call that `serve` did not sign. */
    protected $except = ['pay/order', 'pay/outcome'];
}
