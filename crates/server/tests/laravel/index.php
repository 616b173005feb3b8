<?php
// Runs clients/examples/php/laravel on Debian's Laravel components, for the tests only: Composer isn't needed for them.
//
//     php index.php                        makes the tables, as `artisan migrate` would
//     php -S 127.0.0.1:8090 index.php      serves
//
// The middleware, the controller, the migration and the routes are the example's own, and so is everything of Laravel's
// that they touch. What an application adds is done by hand below, and no more of it than they need.

declare(strict_types=1);

use Illuminate\Config\Repository;
use Illuminate\Container\Container;
use Illuminate\Database\Capsule\Manager;
use Illuminate\Events\Dispatcher;
use Illuminate\Http\Request;
use Illuminate\Routing\Router;
use Illuminate\Support\Facades\Facade;

// Debian's Laravel (8) is older than its PHP (8.2).
error_reporting(E_ALL & ~E_DEPRECATED);
// As in an application, where the handler of exceptions makes a 500 of them. PHP itself would answer 200.
http_response_code(500);

foreach (['Config', 'Database', 'Events', 'Routing'] as $component) {
    require "Illuminate/$component/autoload.php";
}
require 'Dotenv/autoload.php'; // env()

$example = dirname(__DIR__, 4) . '/clients/examples/php/laravel';
spl_autoload_register(function (string $class) use ($example): void {
    if (str_starts_with($class, 'App\\')) {
        require "$example/" . strtr(lcfirst($class), '\\', '/') . '.php';
    }
});

$app = new Container();
Container::setInstance($app);
Facade::setFacadeApplication($app);
$app->instance('config', new Repository(['loket' => require "$example/config/loket.php"]));
$app->instance('router', new Router(new Dispatcher($app), $app));
$databases = new Manager($app);
$databases->addConnection(['driver' => 'sqlite', 'database' => getenv('LOKET_WEBHOOK_DATABASE')]);
$app->instance('db', $databases->getDatabaseManager());
$app->bind('db.schema', fn () => $databases->getConnection()->getSchemaBuilder());

if (PHP_SAPI === 'cli') {
    touch(getenv('LOKET_WEBHOOK_DATABASE'));
    (require glob("$example/database/migrations/*.php")[0])->up();
    exit;
}
$app['router']->prefix('api')->group("$example/routes/api.php");
$app->instance(Request::class, Request::capture());
$app['router']->dispatch($app[Request::class])->send();
