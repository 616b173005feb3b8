"""Signs what schemathesis sends, so that it gets past authentication.

    loket demo &
    SCHEMATHESIS_HOOKS=hooks schemathesis run http://127.0.0.1:8080/openapi.json \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance

Two checks are left out. The one that wants invalid data to be refused: a body without what authenticates is signed here, and so
becomes valid. The one that wants valid data to be accepted: a schema can't say that `to` is not before `from`.
"""

import hashlib
import hmac
import json
import time

import schemathesis

API_ID = "demo"
API_KEY = "demo-api-key"
SECRET_KEY = "demo-secret-key"


def whole(value):
    """JSON Schema takes `300.0` for an integer; the API, which has no floats, does not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return value


def sign(body):
    parameters = {key: value for key, value in body.items() if key not in ("api_id", "timestamp", "signature")}
    in_order = dict(sorted(parameters.items(), key=lambda member: member[0].encode("utf-8", "surrogatepass")))
    canonical = json.dumps(in_order, separators=(",", ":"), ensure_ascii=False) if in_order else ""
    body_hash = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    timestamp = int(time.time())
    text = f"{API_ID}|{API_KEY}|{timestamp}|{body_hash}"
    signature = hmac.new(SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {**parameters, "api_id": API_ID, "timestamp": timestamp, "signature": signature}


@schemathesis.hook
def map_body(context, body):
    return sign(whole(body)) if isinstance(body, dict) else body
