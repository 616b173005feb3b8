<?php
// In routes/api.php, which `php artisan install:api` makes where it is missing, and not in web.php: there a request
// without a CSRF token is refused. Laravel puts /api before the path.

use App\Http\Controllers\LoketWebhookController;
use App\Http\Middleware\VerifyLoketWebhook;
use Illuminate\Support\Facades\Route;

Route::post('/loket/webhook', LoketWebhookController::class)->middleware(VerifyLoketWebhook::class);
