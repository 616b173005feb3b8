// Receives Loket's webhooks: verifies them, takes each event once, and moves orders only forward.
//
//     npm ci && LOKET_SECRET_KEY=demo-secret-key node webhook-receiver.mjs
//
// LOKET_SECRET_KEY        your secret key, the one that signs your requests
// LOKET_WEBHOOK_SECRET    the endpoint's own secret (whsec_…), if webhook-signature is to be verified too
// LOKET_WEBHOOK_DATABASE  the SQLite file; loket-webhooks.db if it isn't said
// LOKET_WEBHOOK_PORT      8090 if it isn't said
//
// Needs Node 18 or newer and the packages of package.json. (libsql is SQLite with better-sqlite3's interface.)

import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import Database from 'libsql';
import { Webhook } from 'standardwebhooks';

const SECRET_KEY = process.env.LOKET_SECRET_KEY;
const WEBHOOK_SECRET = process.env.LOKET_WEBHOOK_SECRET;
const DATABASE = process.env.LOKET_WEBHOOK_DATABASE || 'loket-webhooks.db';
const PORT = Number(process.env.LOKET_WEBHOOK_PORT || 8090);

// What an event makes of an order, and how far the order is then. A late or repeated event never moves it back.
const EVENTS = new Map([
  ['order.pending', { status: 'pending', step: 1 }],
  ['order.success', { status: 'paid', step: 2 }],
  ['order.sn_received', { status: 'paid', step: 2 }],
  ['order.failed', { status: 'failed', step: 2 }],
  ['order.refunded', { status: 'refunded', step: 3 }],
]);

if (!SECRET_KEY) {
  throw new Error('LOKET_SECRET_KEY is not set'); // anybody can sign with an empty key
}

const database = new Database(DATABASE, { timeout: 10_000 });
database.exec(`
  CREATE TABLE IF NOT EXISTS loket_webhook_ids (id TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS loket_orders (
    testing INTEGER NOT NULL, ref_id TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'new', step INTEGER NOT NULL DEFAULT 0, sn TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (testing, ref_id));
  CREATE TABLE IF NOT EXISTS loket_messages (
    id INTEGER PRIMARY KEY, testing INTEGER NOT NULL, ref_id TEXT NOT NULL, event TEXT NOT NULL);
`);
const sql = {
  keepId: database.prepare('INSERT INTO loket_webhook_ids (id) VALUES (?) ON CONFLICT DO NOTHING'),
  addOrder: database.prepare('INSERT INTO loket_orders (testing, ref_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
  findOrder: database.prepare('SELECT step, sn FROM loket_orders WHERE testing = ? AND ref_id = ?'),
  setStatus: database.prepare('UPDATE loket_orders SET status = ?, step = ? WHERE testing = ? AND ref_id = ?'),
  setSn: database.prepare('UPDATE loket_orders SET sn = ? WHERE testing = ? AND ref_id = ?'),
  noteMessage: database.prepare('INSERT INTO loket_messages (testing, ref_id, event) VALUES (?, ?, ?)'),
};

// All or nothing: an event whose id was kept without its effect would be lost, since its repetition is ignored.
const keep = database.transaction((id, event) => {
  // The primary key decides, so that of two copies which arrive at once only one is new.
  if (sql.keepId.run(id).changes === 1) {
    apply(event);
  }
});

const app = express();

// express.raw gives the body as it came. With express.json, JSON.stringify(request.body) would make other bytes of it,
// and other bytes have another signature. If your app has app.use(express.json()), this route must stand before that.
app.post('/webhook', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
  if (!isFromLoket(request)) {
    return response.sendStatus(401);
  }
  // What this throws becomes a 500, and Loket sends the event again.
  keep.immediate(request.get('webhook-id'), JSON.parse(request.body));
  return response.sendStatus(200);
});

const server = app.listen(PORT, '127.0.0.1', (error) => {
  if (error) {
    throw error;
  }
  console.log(`Listening on http://127.0.0.1:${server.address().port}/webhook`);
});

/** Whether Loket has signed the body, and the id if there is a secret for that. */
function isFromLoket(request) {
  const body = request.body ?? Buffer.alloc(0);
  const expected = Buffer.from(createHmac('sha256', SECRET_KEY).update(body).digest('hex'));
  const received = Buffer.from(request.get('x-signature') ?? '');
  // timingSafeEqual takes the same time wherever the two differ; with === a forger could guess digit by digit.
  if (!request.get('webhook-id') || received.length !== expected.length || !timingSafeEqual(received, expected)) {
    return false;
  }
  return !WEBHOOK_SECRET || isStandardWebhook(request);
}

/** The same by Standard Webhooks, which also signs id and time: what was overheard can't be sent again later. */
function isStandardWebhook(request) {
  try {
    new Webhook(WEBHOOK_SECRET).verify(request.body, request.headers);
    return true;
  } catch {
    return false;
  }
}

function apply({ event, data }) {
  if (!EVENTS.has(event)) {
    return; // an event of a later version: acknowledged, so that it isn't sent for days
  }
  const { status, step } = EVENTS.get(event);
  // A test and a real order may bear the same reference. In your shop the order exists already.
  const key = [data.testing ? 1 : 0, data.ref_id];
  sql.addOrder.run(...key);
  const order = sql.findOrder.get(...key);

  const isForward = step > order.step;
  // The proof of payment, such as a PLN token, may come after the success. "" says that it isn't there yet.
  const bringsSn = data.sn !== '' && data.sn !== order.sn;
  if (isForward) {
    sql.setStatus.run(status, step, ...key);
  }
  if (bringsSn) {
    sql.setSn.run(data.sn, ...key);
  }
  if (isForward || bringsSn) {
    // What takes time, such as a message to your customer, is only noted here and done by a program of its own:
    // Loket waits ten seconds for the answer.
    sql.noteMessage.run(...key, event);
  }
}
