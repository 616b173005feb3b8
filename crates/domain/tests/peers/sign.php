<?php
// Prints sets of random parameters as a PHP merchant signs and sends them: a line each, ["body sent", "body signed"].
// Usage: php sign.php SEED SETS

declare(strict_types=1);

const API_ID = 'your_api_id';
const API_KEY = 'your_api_key';
const SECRET_KEY = 'your_secret_key';
const PIECES = ['a', 'Z', '0', ' ', '/', '"', "'", '\\', '&', '<', 'é', '€', '“', '😀', "\u{2028}", "\u{2029}", "\u{7f}",
    "\0", "\x08", "\t", "\n", "\x0b", "\f", "\r", "\x1f", '</script>', '\\u00e9', "\u{ffff}"];
const FLOATS = [0.5, -0.1, 1.0, -0.0, 0.1 + 0.2, 1.5e-7, 1.0e+25, 123456789012345.678];
const KEY_START = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_';
const KEY_REST = KEY_START . '0123456789.-';

[, $seed, $sets] = $argv;
mt_srand((int) $seed);
for ($number = 0; $number < (int) $sets; $number++) {
    $params = random_params();
    $timestamp = 1748678400 + $number;

    // The published algorithm.
    $sorted = $params;
    ksort($sorted);
    $canonical = $sorted === [] ? '' : json_encode($sorted, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
    $string_to_sign = implode('|', [API_ID, API_KEY, $timestamp, hash('sha256', $canonical)]);
    $signature = hash_hmac('sha256', $string_to_sign, SECRET_KEY);

    // Sent as json_encode writes by default: with \/ and \u00e9.
    $sent_timestamp = mt_rand(0, 3) === 0 ? (string) $timestamp : $timestamp;
    $body = $params + ['api_id' => API_ID, 'timestamp' => $sent_timestamp, 'signature' => $signature];
    echo json_encode([json_encode($body, JSON_THROW_ON_ERROR), $canonical], JSON_THROW_ON_ERROR), "\n";
}

function random_params(): array
{
    if (mt_rand(0, 19) === 0) {
        return [];
    }
    $params = ['cmd' => 'inquiry', 'code' => 'ML/' . mt_rand(1, 99), 'customer_no' => random_text()];
    if (mt_rand(0, 1) === 0) {
        $params['ref_id'] = mt_rand(0, 3) === 0 ? '' : 'INQ-' . mt_rand();
    }
    for ($extras = mt_rand(0, 6); $extras > 0; $extras--) {
        $params[random_key()] = random_value(3);
    }
    $keys = array_keys($params);
    shuffle($keys);
    $shuffled = [];
    foreach ($keys as $key) {
        $shuffled[$key] = $params[$key];
    }
    return $shuffled;
}

function random_key(): string
{
    $key = KEY_START[mt_rand(0, strlen(KEY_START) - 1)];
    for ($length = mt_rand(0, 5); $length > 0; $length--) {
        $key .= KEY_REST[mt_rand(0, strlen(KEY_REST) - 1)];
    }
    return $key;
}

function random_text(): string
{
    $text = '';
    for ($length = mt_rand(0, 8); $length > 0; $length--) {
        $text .= PIECES[mt_rand(0, count(PIECES) - 1)];
    }
    return $text;
}

function random_value(int $depth): mixed
{
    return match (mt_rand(0, $depth > 0 ? 9 : 6)) {
        0 => null,
        1 => mt_rand(0, 1) === 0,
        2 => mt_rand(-1000000, 1000000),
        3 => [0, PHP_INT_MAX, PHP_INT_MIN][mt_rand(0, 2)],
        4 => FLOATS[mt_rand(0, count(FLOATS) - 1)],
        5, 6 => random_text(),
        7 => random_list($depth - 1),
        8 => random_map($depth - 1),
        9 => (object) random_map($depth - 1),
    };
}

function random_list(int $depth): array
{
    $list = [];
    for ($length = mt_rand(0, 3); $length > 0; $length--) {
        $list[] = random_value($depth);
    }
    return $list;
}

// Keys inside may be anything. PHP takes digits for integers and writes 0, 1, 2… as a list, and an empty map as [].
function random_map(int $depth): array
{
    $map = [];
    for ($length = mt_rand(0, 3); $length > 0; $length--) {
        $key = [random_key(), 'é' . random_text(), (string) mt_rand(0, 2), ''][mt_rand(0, 3)];
        $map[$key] = random_value($depth);
    }
    return $map;
}
