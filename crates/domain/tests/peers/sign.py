"""Prints sets of random parameters as a Python merchant signs and sends them: a line each, ["body sent", "body signed"].

Usage: python3 sign.py SEED SETS
"""

import hashlib
import hmac
import json
import random
import string
import sys

API_ID = "your_api_id"
API_KEY = "your_api_key"
SECRET_KEY = "your_secret_key"
PIECES = [
    "a", "Z", "0", " ", "/", '"', "'", "\\", "&", "<", "é", "€", "“", "😀", "\u2028", "\u2029", "\x7f",
    "\0", "\b", "\t", "\n", "\v", "\f", "\r", "\x1f", "</script>", "\\u00e9", "\uffff",
]
NUMBERS = [0, 7, -12, 2**63, -(2**70), 0.5, -0.1, -0.0, 0.1 + 0.2, 1.0, 1.5e-7, 1e25]
KEY_START = string.ascii_letters + "_"
KEY_REST = KEY_START + string.digits + ".-"


def main(seed, sets):
    chance = random.Random(seed)
    for number in range(sets):
        params = random_params(chance)
        timestamp = 1748678400 + number

        # The published algorithm. Only the outermost keys are sorted: `sort_keys=True` would sort those inside too.
        ordered = {key: params[key] for key in sorted(params)}
        canonical = json.dumps(ordered, ensure_ascii=False, separators=(",", ":")) if ordered else ""
        body_hash = hashlib.sha256(canonical.encode()).hexdigest()
        string_to_sign = f"{API_ID}|{API_KEY}|{timestamp}|{body_hash}"
        signature = hmac.new(SECRET_KEY.encode(), string_to_sign.encode(), hashlib.sha256).hexdigest()

        # Sent either as it is signed, or as `requests` does it by default: with spaces and escapes.
        sent_timestamp = str(timestamp) if chance.randrange(4) == 0 else timestamp
        body = {**params, "api_id": API_ID, "timestamp": sent_timestamp, "signature": signature}
        compact = chance.randrange(2) == 0
        wire = json.dumps(body, ensure_ascii=False, separators=(",", ":")) if compact else json.dumps(body)
        print(json.dumps([wire, canonical]))


def random_params(chance):
    if chance.randrange(20) == 0:
        return {}
    params = {"cmd": "inquiry", "code": f"ML/{chance.randrange(99)}", "customer_no": random_text(chance)}
    if chance.randrange(2) == 0:
        params["ref_id"] = "" if chance.randrange(4) == 0 else f"INQ-{chance.randrange(10**9)}"
    for _ in range(chance.randrange(7)):
        params[random_key(chance)] = random_value(chance, 3)
    keys = list(params)
    chance.shuffle(keys)
    return {key: params[key] for key in keys}


def random_key(chance):
    return chance.choice(KEY_START) + "".join(chance.choice(KEY_REST) for _ in range(chance.randrange(6)))


def random_text(chance):
    return "".join(chance.choice(PIECES) for _ in range(chance.randrange(9)))


def random_value(chance, depth):
    kind = chance.randrange(8 if depth > 0 else 6)
    if kind == 0:
        return None
    if kind == 1:
        return chance.randrange(2) == 0
    if kind == 2:
        return chance.randrange(-1_000_000, 1_000_000)
    if kind == 3:
        return chance.choice(NUMBERS)
    if kind == 6:
        return [random_value(chance, depth - 1) for _ in range(chance.randrange(4))]
    if kind == 7:
        return {random_inner_key(chance): random_value(chance, depth - 1) for _ in range(chance.randrange(4))}
    return random_text(chance)


def random_inner_key(chance):
    """Keys inside may be anything."""
    return chance.choice([random_key(chance), f"é{random_text(chance)}", str(chance.randrange(3)), ""])


main(int(sys.argv[1]), int(sys.argv[2]))
