<?php
declare(strict_types=1);

/** Whether `pay-checkout serve` signed this body, at most 300 seconds ago. */
function is_signed(string $body, string $header, string $secret, ?int $now = null): bool
{
    preg_match('/^t=([0-9]{1,12}),/', $header, $time);
    if (strlen($secret) < 32 || !$time || abs(($now ?? time()) - (int) $time[1]) > 300) {
        return false;
    }
    $expected = hash_hmac('sha256', "$time[1].$body", $secret);
    preg_match_all('/,v1=([0-9a-f]{64})/', $header, $signatures);
    return (bool) array_filter($signatures[1], fn(string $one) => hash_equals($expected, $one));
}
