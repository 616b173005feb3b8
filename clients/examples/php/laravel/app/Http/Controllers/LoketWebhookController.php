<?php

namespace App\Http\Controllers;

use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;

/** Takes each event once, and moves orders only forward. */
class LoketWebhookController
{
    // What an event makes of an order, and how far the order is then. A late or repeated event never moves it back.
    private const EVENTS = [
        'order.pending' => ['pending', 1],
        'order.success' => ['paid', 2],
        'order.sn_received' => ['paid', 2],
        'order.failed' => ['failed', 2],
        'order.refunded' => ['refunded', 3],
    ];

    public function __invoke(Request $request): Response
    {
        // Not $request->input(): there TrimStrings and ConvertEmptyStringsToNull have been at work.
        $event = json_decode($request->getContent(), true, 512, JSON_THROW_ON_ERROR);

        // All or nothing: an event whose id was kept without its effect would be lost, since its repetition is ignored.
        // An exception becomes a 500, and Loket sends the event again.
        DB::transaction(function () use ($request, $event) {
            // The primary key decides, so that of two copies which arrive at once only one is new.
            if (DB::table('loket_webhook_ids')->insertOrIgnore(['id' => $request->header('webhook-id')]) === 1) {
                $this->apply($event);
            }
        });

        return new Response('', 200);
    }

    private function apply(array $event): void
    {
        if (!isset(self::EVENTS[$event['event']])) {
            return; // an event of a later version: acknowledged, so that it isn't sent for days
        }
        [$status, $step] = self::EVENTS[$event['event']];
        $data = $event['data'];
        // A test and a real order may bear the same reference. In your shop the order exists already.
        $key = ['testing' => $data['testing'] ?? false, 'ref_id' => $data['ref_id']];
        DB::table('loket_orders')->insertOrIgnore($key);
        $order = DB::table('loket_orders')->where($key)->lockForUpdate()->first();

        $changes = $step > $order->step ? ['status' => $status, 'step' => $step] : [];
        // The proof of payment, such as a PLN token, may come after the success. "" says that it isn't there yet.
        if ($data['sn'] !== '' && $data['sn'] !== $order->sn) {
            $changes['sn'] = $data['sn'];
        }
        if ($changes !== []) {
            DB::table('loket_orders')->where($key)->update($changes);
            // What takes time, such as a message to your customer, is only noted here and done by a program of its own:
            // Loket waits ten seconds for the answer. A queued job with afterCommit does as well.
            DB::table('loket_messages')->insert($key + ['event' => $event['event']]);
        }
    }
}
