"""Check a bill, then pay it.

    python3 pay_bill.py [CODE] [CUSTOMER_NO] [REF_ID] [--testing]

Prints each answer as it was received, one a line. Exits 0 when the bill is paid or pending, otherwise 1.
Needs Python 3.11, standard library only.
"""

import argparse
import http.client
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request

from signature import sign

URL_BASE = os.environ.get("LOKET_URL") or "http://127.0.0.1:8080"
API_ID = os.environ.get("LOKET_API_ID") or "demo"
API_KEY = os.environ.get("LOKET_API_KEY") or "demo-api-key"
SECRET_KEY = os.environ.get("LOKET_SECRET_KEY") or "demo-secret-key"
TRIES = 4

# Longer than the server waits for its supplier (25 s), so that it is the server that answers, not this clock.
TIMEOUT_SECONDS = 40


def pay_bill(bill: dict) -> bool:
    inquiry = call("/v1/order", {"cmd": "inquiry", **bill})
    if not inquiry["success"]:
        return False  # nothing was debited; "code" says why

    # The amount is in data.total: show it to your customer. The payment must follow within five minutes.
    payment = call("/v1/order", {"cmd": "pay-pasca", **bill})

    # "success" is true for paid and for pending. Pending means that the outcome is not known yet: don't refund your
    # customer; send the same pay-pasca again later, or wait for the webhook.
    return payment["success"]


def call(path: str, params: dict) -> dict:
    """Sends one call and returns its answer, decoded.

    No answer, or HTTP 5xx, means that the outcome is NOT KNOWN. Then the same parameters are sent again with the same
    ref_id and a fresh signature (a timestamp is valid for five minutes only). That is always safe, since the server
    answers a ref_id that it knows with the order that exists. Any other answer is final.
    """
    for attempt in range(1, TRIES + 1):
        status, body, error = post(path, params)
        if status != 0 and status < 500:
            break
        print(f"{params['cmd']}, try {attempt} of {TRIES}: {error or f'HTTP {status}'}", file=sys.stderr)
        if attempt < TRIES:
            time.sleep(2 ** (attempt - 1))  # 1, 2, 4 seconds
        else:
            print(
                f"No final answer. Send the same {params['cmd']} again with ref_id {params['ref_id']}.",
                file=sys.stderr,
            )
    if body:
        # Bytes, not text: printed as received, whatever the terminal's encoding is.
        sys.stdout.buffer.write(body.rstrip() + b"\n")
        sys.stdout.flush()
    try:
        return {"success": json.loads(body)["success"] is True}
    except (ValueError, TypeError, KeyError):
        return {"success": False}


def post(path: str, params: dict) -> tuple[int, bytes, str]:
    """Signs and sends once: HTTP status (0 when there was no answer), body, and what went wrong."""
    signed = sign(params, API_ID, API_KEY, SECRET_KEY, int(time.time()))
    request = urllib.request.Request(
        URL_BASE + path,
        data=json.dumps(signed).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        try:
            response = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)
        except urllib.error.HTTPError as answer:  # urllib raises 4xx and 5xx, but they are answers too
            response = answer
        with response:
            return response.status, response.read(), ""
    except (OSError, http.client.HTTPException) as error:
        return 0, b"", str(error) or type(error).__name__


def main() -> int:
    parser = argparse.ArgumentParser(description="Check a bill, then pay it.")
    parser.add_argument("code", nargs="?", default="MPBPJS")
    # Always a string: numbers lose their leading zeros.
    parser.add_argument("customer_no", nargs="?", default="1234567890")
    parser.add_argument("ref_id", nargs="?")
    parser.add_argument("--testing", action="store_true", help="no real transaction")
    arguments = parser.parse_args()

    # The reference is yours: unique for each bill, and the same in the inquiry, in the payment and in every retry.
    # In your program, save it BEFORE you send the payment: with it you can always ask again, and never pay twice.
    bill = {
        "code": arguments.code,
        "customer_no": arguments.customer_no,
        "ref_id": arguments.ref_id or "INQ-" + secrets.token_hex(12),
    }
    if arguments.testing:
        bill["testing"] = True  # it is signed like any other parameter
    return 0 if pay_bill(bill) else 1


if __name__ == "__main__":
    sys.exit(main())
