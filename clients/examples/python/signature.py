"""How a request to Loket is signed. Python 3.11, standard library only; copy this file into your project."""

import hashlib
import hmac
import json


def canonical_body(params: dict) -> str:
    """Step 1. The text that is signed: the business parameters, sorted A-Z, as compact JSON.

    They are everything that you send except api_id, timestamp and signature. Without any parameter, as in a balance
    request, the text is the empty string.
    """
    if not params:
        return ""
    # Both options matter: Python's own spaces after "," and ":", or "\u00e9" for "é", would not match.
    return json.dumps(dict(sorted(params.items())), ensure_ascii=False, separators=(",", ":"))


def sign(params: dict, api_id: str, api_key: str, secret_key: str, timestamp: int) -> dict:
    """Returns what is to be sent: the parameters with api_id, timestamp and signature added."""
    # Step 2. Its SHA-256, in lower-case hex.
    body_hash = hashlib.sha256(canonical_body(params).encode()).hexdigest()

    # Step 3. Four parts, one "|" between each. The timestamp is Unix time in whole seconds.
    string_to_sign = f"{api_id}|{api_key}|{timestamp}|{body_hash}"

    # Step 4. The HMAC with your secret key. The API key and the secret key themselves are never sent.
    signature = hmac.new(secret_key.encode(), string_to_sign.encode(), hashlib.sha256).hexdigest()

    return {**params, "api_id": api_id, "timestamp": timestamp, "signature": signature}
