// Check a bill, then pay it.
//
//     node pay-bill.mjs [CODE] [CUSTOMER_NO] [REF_ID] [--testing]
//
// Prints each answer as it was received, one a line. Exits 0 when the bill is paid or pending, otherwise 1.
// Needs Node 18 or newer, and no package.

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sign } from './signature.mjs';

const URL_BASE = process.env.LOKET_URL || 'http://127.0.0.1:8080';
const KEYS = {
  apiId: process.env.LOKET_API_ID || 'demo',
  apiKey: process.env.LOKET_API_KEY || 'demo-api-key',
  secretKey: process.env.LOKET_SECRET_KEY || 'demo-secret-key',
};
const TRIES = 4;

// Longer than the server waits for its supplier (25 s), so that it is the server that answers, not this clock.
const TIMEOUT_MS = 40_000;

const testing = process.argv.includes('--testing');
const [code, customerNo, refId] = process.argv.slice(2).filter((argument) => argument !== '--testing');

// The reference is yours: unique for each bill, and the same in the inquiry, in the payment and in every retry.
// In your program, save it BEFORE you send the payment: with it you can always ask again, and never pay twice.
const bill = {
  code: code ?? 'MPBPJS',
  customer_no: customerNo ?? '1234567890', // always a string: numbers lose their leading zeros
  ref_id: refId ?? `INQ-${randomBytes(12).toString('hex')}`,
};
if (testing) {
  bill.testing = true; // no real transaction; it is signed like any other parameter
}

process.exitCode = (await payBill()) ? 0 : 1;

async function payBill() {
  const inquiry = await call('/v1/order', { cmd: 'inquiry', ...bill });
  if (!inquiry.success) {
    return false; // nothing was debited; "code" says why
  }

  // The amount is in data.total: show it to your customer. The payment must follow within five minutes.
  const payment = await call('/v1/order', { cmd: 'pay-pasca', ...bill });

  // "success" is true for paid and for pending. Pending means that the outcome is not known yet: don't refund your
  // customer; send the same pay-pasca again later, or wait for the webhook.
  return payment.success;
}

/**
 * Sends one call and returns its answer, decoded.
 *
 * No answer, or HTTP 5xx, means that the outcome is NOT KNOWN. Then the same parameters are sent again with the same
 * ref_id and a fresh signature (a timestamp is valid for five minutes only). That is always safe, since the server
 * answers a ref_id that it knows with the order that exists. Any other answer is final.
 */
async function call(path, params) {
  let reply;
  for (let attempt = 1; ; attempt++) {
    reply = await post(path, params);
    if (reply.status !== 0 && reply.status < 500) {
      break;
    }
    console.error(`${params.cmd}, try ${attempt} of ${TRIES}: ${reply.error ?? `HTTP ${reply.status}`}`);
    if (attempt === TRIES) {
      console.error(`No final answer. Send the same ${params.cmd} again with ref_id ${params.ref_id}.`);
      break;
    }
    await pause(1000 * 2 ** (attempt - 1)); // 1, 2, 4 seconds
  }
  if (reply.body !== '') {
    console.log(reply.body.trimEnd());
  }
  try {
    return { success: JSON.parse(reply.body).success === true };
  } catch {
    return { success: false };
  }
}

/** Signs and sends once: HTTP status (0 when there was no answer), body, and what went wrong. */
async function post(path, params) {
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(URL_BASE + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(sign(params, KEYS, timestamp)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: 0, body: '', error: error.cause?.message || error.message };
  }
}
