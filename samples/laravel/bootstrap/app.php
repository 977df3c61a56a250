<?php

// The smallest application that runs on Debian's php-laravel-framework. Your own application has all of this file already.
require 'Illuminate/autoload.php';
spl_autoload_register(function (string $class) {
    $file = __DIR__ . '/../app/' . str_replace(['App\\', '\\'], ['', '/'], $class) . '.php';
    if (str_starts_with($class, 'App\\') && is_file($file)) {
        require $file;
    }
});

$app = new Illuminate\Foundation\Application(dirname(__DIR__));
foreach ([$app->bootstrapPath('cache'), $app->storagePath() . '/framework/sessions', $app->storagePath() . '/framework/views'] as $folder) {
    is_dir($folder) || mkdir($folder, 0700, true);
}
$app->singleton(Illuminate\Contracts\Http\Kernel::class, App\Http\Kernel::class);
$app->singleton(Illuminate\Contracts\Debug\ExceptionHandler::class, Illuminate\Foundation\Exceptions\Handler::class);
$app->booted(fn() => $app['router']->middleware('web')->group($app->basePath('routes/web.php')));

return $app;
