"""Verifies webhooks with PyPI's `standardwebhooks`.

A line of stdin is a JSON object with `endpoint_secret`, `headers` and `body` in Base64; a line of stdout is `accepted`
or what is wrong.
"""

import base64
import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError

for line in sys.stdin:
    delivery = json.loads(line)
    try:
        Webhook(delivery["endpoint_secret"]).verify(base64.b64decode(delivery["body"]), delivery["headers"])
        print("accepted")
    except WebhookVerificationError as error:
        print(error)
