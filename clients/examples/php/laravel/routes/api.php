<?php
// In routes/api.php, not web.php: there a request without a CSRF token is refused. Laravel puts /api before the path.

use App\Http\Controllers\LoketWebhookController;
use App\Http\Middleware\VerifyLoketWebhook;
use Illuminate\Support\Facades\Route;

Route::post('/loket/webhook', LoketWebhookController::class)->middleware(VerifyLoketWebhook::class);
