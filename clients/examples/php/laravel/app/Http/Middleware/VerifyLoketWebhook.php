<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Config;
use RuntimeException;

/** Lets only webhooks through that Loket has signed. */
class VerifyLoketWebhook
{
    private const TOLERANCE_SECONDS = 300;

    public function handle(Request $request, Closure $next)
    {
        return $this->isFromLoket($request) ? $next($request) : new Response('', 401);
    }

    private function isFromLoket(Request $request): bool
    {
        $secretKey = Config::get('loket.secret_key');
        if (!$secretKey) {
            throw new RuntimeException('LOKET_SECRET_KEY is not set'); // anybody can sign with an empty key
        }
        // The body as it came: json_encode($request->all()) has other bytes, and other bytes have another signature.
        $expected = hash_hmac('sha256', $request->getContent(), $secretKey);
        // hash_equals takes the same time wherever the two differ; with == a forger could guess digit by digit.
        if ($request->header('webhook-id', '') === '' || !hash_equals($expected, $request->header('X-Signature', ''))) {
            return false;
        }
        $webhookSecret = Config::get('loket.webhook_secret');

        return !$webhookSecret || $this->isStandardWebhook($request, $webhookSecret);
    }

    /** The same by Standard Webhooks, which also signs id and time: what was overheard can't be sent again later. */
    private function isStandardWebhook(Request $request, string $secret): bool
    {
        $timestamp = $request->header('webhook-timestamp', '');
        if (abs(time() - (int) $timestamp) > self::TOLERANCE_SECONDS) {
            return false;
        }
        $key = base64_decode(substr($secret, strlen('whsec_')), true);
        $signed = implode('.', [$request->header('webhook-id'), $timestamp, $request->getContent()]);
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));

        // While the secret is being changed there are two signatures.
        $signatures = explode(' ', $request->header('webhook-signature', ''));

        return array_filter($signatures, fn (string $signature) => hash_equals($expected, $signature)) !== [];
    }
}
