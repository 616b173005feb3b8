<?php
// How a request to Loket is signed. PHP 8.2 or newer; copy this file into your project.

declare(strict_types=1);

/**
 * Step 1. The text that is signed: the business parameters (everything that you send except api_id, timestamp and
 * signature), sorted A-Z, as compact JSON. Without any parameter, as in a balance request, it is the empty string.
 */
function canonical_body(array $params): string
{
    if ($params === []) {
        return '';
    }
    ksort($params);

    // With these flags "/" and "é" stay as they are. They matter: without them the signature does not match.
    return json_encode($params, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
}

/** Returns what is to be sent: the parameters with api_id, timestamp and signature added. */
function sign(array $params, string $apiId, string $apiKey, string $secretKey, int $timestamp): array
{
    // Step 2. Its SHA-256, in lower-case hex.
    $bodyHash = hash('sha256', canonical_body($params));

    // Step 3. Four parts, one "|" between each. The timestamp is Unix time in seconds.
    $stringToSign = implode('|', [$apiId, $apiKey, $timestamp, $bodyHash]);

    // Step 4. The HMAC with your secret key. The API key and the secret key themselves are never sent.
    $signature = hash_hmac('sha256', $stringToSign, $secretKey);

    return $params + ['api_id' => $apiId, 'timestamp' => $timestamp, 'signature' => $signature];
}
