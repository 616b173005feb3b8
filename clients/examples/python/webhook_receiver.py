"""Receives Loket's webhooks: verifies them, takes each event once, and moves orders only forward.

    LOKET_SECRET_KEY=demo-secret-key python3 webhook_receiver.py

LOKET_SECRET_KEY        your secret key, the one that signs your requests
LOKET_WEBHOOK_SECRET    the endpoint's own secret (whsec_…), if webhook-signature is to be verified too
LOKET_WEBHOOK_DATABASE  the SQLite file; loket-webhooks.db if it isn't said
LOKET_WEBHOOK_PORT      8090 if it isn't said

Needs Python 3.11, standard library only. Its HTTP server is for trying it; `receive` fits into any framework that
gives you the raw body: request.get_data() in Flask, request.body in Django, await request.body() in FastAPI.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET_KEY = os.environ.get("LOKET_SECRET_KEY", "")
WEBHOOK_SECRET = os.environ.get("LOKET_WEBHOOK_SECRET", "")
DATABASE = os.environ.get("LOKET_WEBHOOK_DATABASE") or "loket-webhooks.db"
PORT = int(os.environ.get("LOKET_WEBHOOK_PORT") or 8090)
TOLERANCE_SECONDS = 300

# What an event makes of an order, and how far the order is then. A late or repeated event never moves it back.
EVENTS = {
    "order.pending": ("pending", 1),
    "order.success": ("paid", 2),
    "order.sn_received": ("paid", 2),
    "order.failed": ("failed", 2),
    "order.refunded": ("refunded", 3),
}

TABLES = """
    CREATE TABLE IF NOT EXISTS loket_webhook_ids (id TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS loket_orders (
        testing INTEGER NOT NULL, ref_id TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'new', step INTEGER NOT NULL DEFAULT 0, sn TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (testing, ref_id));
    CREATE TABLE IF NOT EXISTS loket_messages (
        id INTEGER PRIMARY KEY, testing INTEGER NOT NULL, ref_id TEXT NOT NULL, event TEXT NOT NULL);
"""


def receive(headers: Mapping[str, str], body: bytes) -> int:
    """Takes one webhook and returns the HTTP status. An exception must become a 5xx: then Loket sends it again."""
    if not is_from_loket(headers, body):
        return 401
    # All or nothing: an event whose id was kept without its effect would be lost, since its repetition is ignored.
    with closing(open_database()) as database, database:
        # The primary key decides, so that of two copies which arrive at once only one is new.
        keep_id = "INSERT INTO loket_webhook_ids (id) VALUES (?) ON CONFLICT DO NOTHING"
        if database.execute(keep_id, (headers["webhook-id"],)).rowcount == 1:
            apply(database, json.loads(body))
    return 200


def is_from_loket(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether Loket has signed the body, and the id if there is a secret for that.

    The body is the bytes as they came. json.loads and json.dumps would make others of them, with another signature.
    """
    expected = hmac.new(SECRET_KEY.encode(), body, hashlib.sha256).hexdigest()
    if not headers.get("webhook-id") or not is_same(expected, headers.get("x-signature", "")):
        return False
    return not WEBHOOK_SECRET or is_standard_webhook(headers, body)


def is_standard_webhook(headers: Mapping[str, str], body: bytes) -> bool:
    """The same by Standard Webhooks, which also signs id and time: what was overheard can't be sent again later.

    The package `standardwebhooks` does this too.
    """
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(WEBHOOK_SECRET.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    # While the secret is being changed there are two signatures.
    return any(is_same(expected, signature) for signature in headers.get("webhook-signature", "").split(" "))


def is_same(expected: str, received: str) -> bool:
    """Takes the same time wherever the two differ; with == a forger could guess digit by digit."""
    return hmac.compare_digest(expected.encode(), received.encode())


def apply(database: sqlite3.Connection, event: dict) -> None:
    if event["event"] not in EVENTS:
        return  # an event of a later version: acknowledged, so that it isn't sent for days
    status, step = EVENTS[event["event"]]
    sn = event["data"]["sn"]
    # A test and a real order may bear the same reference. In your shop the order exists already.
    key = (event["data"].get("testing", False), event["data"]["ref_id"])
    database.execute("INSERT INTO loket_orders (testing, ref_id) VALUES (?, ?) ON CONFLICT DO NOTHING", key)
    known = database.execute("SELECT step, sn FROM loket_orders WHERE testing = ? AND ref_id = ?", key)
    known_step, known_sn = known.fetchone()

    is_forward = step > known_step
    # The proof of payment, such as a PLN token, may come after the success. "" says that it isn't there yet.
    brings_sn = sn not in ("", known_sn)
    if is_forward:
        change = "UPDATE loket_orders SET status = ?, step = ? WHERE testing = ? AND ref_id = ?"
        database.execute(change, (status, step, *key))
    if brings_sn:
        database.execute("UPDATE loket_orders SET sn = ? WHERE testing = ? AND ref_id = ?", (sn, *key))
    if is_forward or brings_sn:
        # What takes time, such as a message to your customer, is only noted here and done by a program of its own:
        # Loket waits ten seconds for the answer.
        note = "INSERT INTO loket_messages (testing, ref_id, event) VALUES (?, ?, ?)"
        database.execute(note, (*key, event["event"]))


def open_database() -> sqlite3.Connection:
    """A connection that waits its turn to write, and whose transactions begin with that."""
    return sqlite3.connect(DATABASE, timeout=10, isolation_level="IMMEDIATE")


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status = receive(self.headers, body)
        except Exception:
            traceback.print_exc()
            status = 500
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # the default of 5 turns a burst away


def main() -> None:
    if not SECRET_KEY:
        sys.exit("LOKET_SECRET_KEY is not set")  # anybody can sign with an empty key
    with closing(open_database()) as database:
        database.executescript(TABLES)
    server = Server(("127.0.0.1", PORT), Receiver)
    print(f"Listening on http://127.0.0.1:{server.server_port}/webhook", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
