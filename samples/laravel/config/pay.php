<?php

return [
    'secret' => env('PAY_BACKEND_SECRET'),
    'page' => [
        'environment' => env('PAY_ENVIRONMENT'),
        'endpoints' => env('SHOP_ENDPOINTS', '/api/pay'),
        'standIns' => env('PAY_STAND_INS'),
    ],
];
