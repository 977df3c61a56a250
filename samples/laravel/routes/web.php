<?php

use App\Http\Controllers\OrderController;
use App\Http\Controllers\PayController;
use App\Http\Middleware\VerifyPaySignature;
use Illuminate\Support\Facades\Route;

Route::get('/', [OrderController::class, 'create']);
Route::post('/orders', [OrderController::class, 'store']);
Route::get('/orders/{reference}', [OrderController::class, 'show']);

// The two calls of `npx pay-checkout serve`. They are exempt from the CSRF token in VerifyCsrfToken.
Route::middleware(VerifyPaySignature::class)->group(function () {
    Route::post('/pay/order', [PayController::class, 'order']);
    Route::post('/pay/outcome', [PayController::class, 'outcome']);
});
