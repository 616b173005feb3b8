<?php
// Check a bill, then pay it.
//
//     php pay-bill.php [CODE] [CUSTOMER_NO] [REF_ID] [--testing]
//
// Prints each answer as it was received, one a line. Exits 0 when the bill is paid or pending, otherwise 1.
// Needs PHP 8.2 with the curl extension.

declare(strict_types=1);

require __DIR__ . '/signature.php';

const TRIES = 4;

// Longer than the server waits for its supplier (25 s), so that it is the server that answers, not this clock.
const TIMEOUT_SECONDS = 40;

$testing = in_array('--testing', $argv, true);
$arguments = array_values(array_diff(array_slice($argv, 1), ['--testing']));

// The reference is yours: unique for each bill, and the same in the inquiry, in the payment and in every retry.
// In your program, save it BEFORE you send the payment: with it you can always ask again, and never pay twice.
$bill = [
    'code' => $arguments[0] ?? 'MPBPJS',
    'customer_no' => $arguments[1] ?? '1234567890', // always a string: numbers lose their leading zeros
    'ref_id' => $arguments[2] ?? 'INQ-' . bin2hex(random_bytes(12)),
];
if ($testing) {
    $bill['testing'] = true; // no real transaction; it is signed like any other parameter
}

$inquiry = call('/v1/order', ['cmd' => 'inquiry'] + $bill);
if (!$inquiry['success']) {
    exit(1); // nothing was debited; "code" says why
}

// The amount is in data.total: show it to your customer. The payment must follow within five minutes.
$payment = call('/v1/order', ['cmd' => 'pay-pasca'] + $bill);

// "success" is true for paid and for pending. Pending means that the outcome is not known yet: don't refund your
// customer; send the same pay-pasca again later, or wait for the webhook.
exit($payment['success'] ? 0 : 1);

/**
 * Sends one call and returns its answer, decoded.
 *
 * No answer, or HTTP 5xx, means that the outcome is NOT KNOWN. Then the same parameters are sent again with the same
 * ref_id and a fresh signature (a timestamp is valid for five minutes only). That is always safe, since the server
 * answers a ref_id that it knows with the order that exists. Any other answer is final.
 */
function call(string $path, array $params): array
{
    for ($try = 1; ; $try++) {
        [$status, $body, $error] = post($path, $params);
        if ($status !== 0 && $status < 500) {
            break;
        }
        fwrite(STDERR, "{$params['cmd']}, try $try of " . TRIES . ': ' . ($error ?: "HTTP $status") . "\n");
        if ($try === TRIES) {
            fwrite(STDERR, "No final answer. Send the same {$params['cmd']} again with ref_id {$params['ref_id']}.\n");
            break;
        }
        sleep(2 ** ($try - 1)); // 1, 2, 4 seconds
    }
    if ($body !== '') {
        echo rtrim($body), "\n";
    }
    $answer = json_decode($body, true);

    return is_array($answer) && isset($answer['success']) ? $answer : ['success' => false];
}

/** Signs and sends once: HTTP status (0 when there was no answer), body, and what went wrong. */
function post(string $path, array $params): array
{
    $signed = sign(
        $params,
        getenv('LOKET_API_ID') ?: 'demo',
        getenv('LOKET_API_KEY') ?: 'demo-api-key',
        getenv('LOKET_SECRET_KEY') ?: 'demo-secret-key',
        time(),
    );
    $curl = curl_init((getenv('LOKET_URL') ?: 'http://127.0.0.1:8080') . $path);
    curl_setopt_array($curl, [
        CURLOPT_POST => true,
        // The wire may be written in any way that is JSON: this sends "\/" and "\u00e9" where "/" and "é" are signed.
        CURLOPT_POSTFIELDS => json_encode($signed, JSON_THROW_ON_ERROR),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => TIMEOUT_SECONDS,
    ]);
    $body = curl_exec($curl);
    if ($body === false) {
        return [0, '', curl_error($curl)];
    }

    return [curl_getinfo($curl, CURLINFO_RESPONSE_CODE), $body, ''];
}
