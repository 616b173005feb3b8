<?php

return [
    // Your secret key, the one that signs your requests.
    'secret_key' => env('LOKET_SECRET_KEY', ''),

    // The endpoint's own secret (whsec_…), if webhook-signature is to be verified too.
    'webhook_secret' => env('LOKET_WEBHOOK_SECRET', ''),
];
