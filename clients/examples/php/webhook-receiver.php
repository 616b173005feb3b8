<?php
// Receives Loket's webhooks: verifies them, takes each event once, and moves orders only forward.
//
//     LOKET_SECRET_KEY=demo-secret-key php -S 127.0.0.1:8090 webhook-receiver.php
//
// LOKET_SECRET_KEY        your secret key, the one that signs your requests
// LOKET_WEBHOOK_SECRET    the endpoint's own secret (whsec_…), if webhook-signature is to be verified too
// LOKET_WEBHOOK_DATABASE  the SQLite file; loket-webhooks.db if it isn't said
//
// Needs PHP 8.2 with its SQLite extension. `php -S` is for trying it; PHP-FPM runs the same file.

declare(strict_types=1);

const TOLERANCE_SECONDS = 300;

// What an event makes of an order, and how far the order is then. A late or repeated event never moves it back.
const EVENTS = [
    'order.pending' => ['pending', 1],
    'order.success' => ['paid', 2],
    'order.sn_received' => ['paid', 2],
    'order.failed' => ['failed', 2],
    'order.refunded' => ['refunded', 3],
];

// Until the event is kept the answer is "send it again". PHP itself would answer 200 to an error that it displays,
// and Loket would take that for an acknowledgement.
http_response_code(500);

// The body as it came. json_decode and json_encode would make other bytes of it, and other bytes have another signature.
$body = file_get_contents('php://input');
if (!is_from_loket($body)) {
    http_response_code(401);
    exit;
}
keep(open_database(), received('webhook-id'), json_decode($body, true, flags: JSON_THROW_ON_ERROR));
http_response_code(200);

/** Whether Loket has signed the body, and the id if there is a secret for that. */
function is_from_loket(string $body): bool
{
    $secretKey = getenv('LOKET_SECRET_KEY');
    if ($secretKey === false || $secretKey === '') {
        throw new RuntimeException('LOKET_SECRET_KEY is not set'); // anybody can sign with an empty key
    }
    // hash_equals takes the same time wherever the two differ; with == a forger could guess digit by digit.
    if (received('webhook-id') === '' || !hash_equals(hash_hmac('sha256', $body, $secretKey), received('x-signature'))) {
        return false;
    }
    $webhookSecret = getenv('LOKET_WEBHOOK_SECRET');

    return $webhookSecret === false || $webhookSecret === '' || is_standard_webhook($body, $webhookSecret);
}

/** The same by Standard Webhooks, which also signs id and time: a body that was overheard can't be sent again later. */
function is_standard_webhook(string $body, string $secret): bool
{
    $timestamp = received('webhook-timestamp');
    if (abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(substr($secret, strlen('whsec_')), true);
    $signed = implode('.', [received('webhook-id'), $timestamp, $body]);
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));

    // While the secret is being changed there are two signatures.
    $fits = fn (string $signature): bool => hash_equals($expected, $signature);

    return array_filter(explode(' ', received('webhook-signature')), $fits) !== [];
}

/** A header of the request, or the empty string. */
function received(string $header): string
{
    return $_SERVER['HTTP_' . strtoupper(strtr($header, '-', '_'))] ?? '';
}

/** All or nothing: an event whose id was kept without its effect would be lost, since its repetition is ignored. */
function keep(PDO $database, string $id, array $event): void
{
    $database->beginTransaction();
    // The primary key decides, so that of two copies which arrive at once only one is new.
    $keepId = 'INSERT INTO loket_webhook_ids (id) VALUES (?) ON CONFLICT DO NOTHING';
    if (run($database, $keepId, [$id])->rowCount() === 1) {
        apply($database, $event);
    }
    $database->commit();
}

function apply(PDO $database, array $event): void
{
    if (!isset(EVENTS[$event['event']])) {
        return; // an event of a later version: acknowledged, so that it isn't sent for days
    }
    [$status, $step] = EVENTS[$event['event']];
    $data = $event['data'];
    // A test and a real order may bear the same reference. In your shop the order exists already.
    $key = [(int) ($data['testing'] ?? false), $data['ref_id']];
    run($database, 'INSERT INTO loket_orders (testing, ref_id) VALUES (?, ?) ON CONFLICT DO NOTHING', $key);
    $order = run($database, 'SELECT step, sn FROM loket_orders WHERE testing = ? AND ref_id = ?', $key)->fetch();

    $isForward = $step > $order['step'];
    // The proof of payment, such as a PLN token, may come after the success. "" says that it isn't there yet.
    $bringsSn = $data['sn'] !== '' && $data['sn'] !== $order['sn'];
    if ($isForward) {
        $values = [$status, $step, ...$key];
        run($database, 'UPDATE loket_orders SET status = ?, step = ? WHERE testing = ? AND ref_id = ?', $values);
    }
    if ($bringsSn) {
        run($database, 'UPDATE loket_orders SET sn = ? WHERE testing = ? AND ref_id = ?', [$data['sn'], ...$key]);
    }
    if ($isForward || $bringsSn) {
        // What takes time, such as a message to your customer, is only noted here and done by a program of its own:
        // Loket waits ten seconds for the answer.
        $values = [...$key, $event['event']];
        run($database, 'INSERT INTO loket_messages (testing, ref_id, event) VALUES (?, ?, ?)', $values);
    }
}

function run(PDO $database, string $sql, array $values): PDOStatement
{
    $statement = $database->prepare($sql);
    $statement->execute($values);

    return $statement;
}

function open_database(): PDO
{
    $path = getenv('LOKET_WEBHOOK_DATABASE') ?: 'loket-webhooks.db';
    $database = new PDO("sqlite:$path", options: [PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC]);
    $database->exec('CREATE TABLE IF NOT EXISTS loket_webhook_ids (id TEXT PRIMARY KEY)');
    $database->exec("CREATE TABLE IF NOT EXISTS loket_orders (
        testing INTEGER NOT NULL, ref_id TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'new', step INTEGER NOT NULL DEFAULT 0, sn TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (testing, ref_id))");
    $database->exec('CREATE TABLE IF NOT EXISTS loket_messages (
        id INTEGER PRIMARY KEY, testing INTEGER NOT NULL, ref_id TEXT NOT NULL, event TEXT NOT NULL)');

    return $database;
}
