"""Signs what schemathesis sends, so that it gets past authentication, and makes half of it mean something.

`crates/server/tests/server/schemathesis.rs` runs it, and says which checks. By hand, against `loket demo`:

    PYTHONPATH=crates/server/tests/schemathesis SCHEMATHESIS_HOOKS=hooks \
        target/schemathesis-*/bin/schemathesis run http://127.0.0.1:8080/openapi.json \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance

Two checks are left out. The one that wants invalid data to be refused: a body whose signature is invalid is signed here, and so
becomes valid. The one that wants valid data to be accepted: a schema can't say that `to` is not before `from`.

Guarantees that the same case is sent in the same way each time, the moment in its signature aside.
"""

import hashlib
import hmac
import json
import os
import time

import schemathesis

API_ID = os.environ.get("LOKET_API_ID") or "demo"
API_KEY = os.environ.get("LOKET_API_KEY") or "demo-api-key"
SECRET_KEY = os.environ.get("LOKET_SECRET_KEY") or "demo-secret-key"

# An endpoint that there is.
WEBHOOK = os.environ.get("LOKET_WEBHOOK") or "1"

AUTHENTICATION = ("api_id", "timestamp", "signature")

# What the demo catalogue sells, by `cmd`. None of the sandbox's numbers that stand for an unreachable supplier is among them:
# 503 and 504 are right there, and schemathesis would take them for faults.
PRODUCTS = {
    "inquiry": ["MPBPJS", "MPPLN", "MPPDAM", "MPTELKOM", "MPGAS"],
    "pay-pasca": ["MPBPJS", "MPPLN", "MPPDAM", "MPTELKOM", "MPGAS"],
    "prepaid": ["TSEL21", "PLN20"],
    "game": ["ML86"],
}
CUSTOMERS = ["081234567890", "081234569001", "081234569005", "081234569006", "081234569008", "081234569010"]


def whole(value):
    """JSON Schema takes `300.0` for an integer; the API, which has no floats, does not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return value


def meaningful(parameters):
    """Random words name no product and no order. Half of them become some that do; so few that payments find their inquiries."""
    dice = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode("utf-8", "surrogatepass")).digest()
    cmd = parameters.get("cmd")
    changed = dict(parameters)
    if isinstance(changed.get("url"), str) and changed["url"].startswith("http"):
        # Nothing that is made up here may reach anybody: nobody listens at this port.
        changed["url"] = f"http://127.0.0.1:9/{dice[1] % 16}"
    if dice[0] % 2 == 0 or not isinstance(cmd, str) or not isinstance(parameters.get("ref_id", ""), str):
        return changed
    product = dice[1] % 8
    codes = PRODUCTS.get(cmd)
    if codes and all(isinstance(parameters.get(name), str) for name in ("code", "customer_no")):
        changed["code"] = codes[product % len(codes)]
        changed["customer_no"] = CUSTOMERS[product % len(CUSTOMERS)]
        changed["ref_id"] = f"{codes[0]}-{product}"
        changed.pop("testing", None)
    elif cmd != "webhook-remove" and isinstance(changed.get("id"), str):
        changed["id"] = WEBHOOK
        if isinstance(changed.get("number"), int):
            changed["number"] = 1 + product
    elif cmd == "status":
        changed["ref_id"] = f"MPBPJS-{product}"
        changed.pop("testing", None)
    return changed


def sign(parameters):
    in_order = dict(sorted(parameters.items(), key=lambda member: member[0].encode("utf-8", "surrogatepass")))
    canonical = json.dumps(in_order, separators=(",", ":"), ensure_ascii=False) if in_order else ""
    body_hash = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    timestamp = int(time.time())
    text = f"{API_ID}|{API_KEY}|{timestamp}|{body_hash}"
    signature = hmac.new(SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {**parameters, "api_id": API_ID, "timestamp": timestamp, "signature": signature}


@schemathesis.hook
def before_call(context, case, kwargs):
    # Not `map_body`, which only the phase of random bodies asks. What lacks a member that authenticates, or has one of another
    # type, is sent as it is.
    body = case.body
    if not isinstance(body, dict) or not all(isinstance(body.get(name), (str, int)) for name in AUTHENTICATION):
        return
    parameters = whole({name: value for name, value in body.items() if name not in AUTHENTICATION})
    case.body = sign(meaningful(parameters))
