// Verifies webhooks with npm's `standardwebhooks`.
//
// A line of stdin is a JSON object with `endpoint_secret`, `headers` and `body` in Base64; a line of stdout is `accepted` or what is wrong.

import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';

for await (const line of createInterface({ input: process.stdin })) {
  const { endpoint_secret: secret, headers, body } = JSON.parse(line);
  try {
    new Webhook(secret).verify(Buffer.from(body, 'base64'), headers);
    console.log('accepted');
  } catch (error) {
    console.log(error.message);
  }
}
