<?php
// Verifies webhooks as the published PHP receiver does: HMAC over the body as it came, compared with X-Signature.
//
// A line of stdin is a JSON object with `secret_key`, `headers` and `body` in Base64; a line of stdout is `accepted` or what is wrong.

declare(strict_types=1);

while (($line = fgets(STDIN)) !== false) {
    $delivery = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    $payload = base64_decode($delivery['body'], true);
    $signature = $delivery['headers']['x-signature'];

    $expected = hash_hmac('sha256', $payload, $delivery['secret_key']);
    $genuine = hash_equals($expected, $signature);
    echo $genuine && is_array(json_decode($payload, true)) ? 'accepted' : 'not genuine', "\n";
}
