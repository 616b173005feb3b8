// How a request to Loket is signed. Node 18 or newer; copy this file into your project.

import { createHash, createHmac } from 'node:crypto';

/**
 * Step 1. The text that is signed: the business parameters (everything that you send except api_id, timestamp and
 * signature), sorted A-Z, as compact JSON. Without any parameter, as in a balance request, it is the empty string.
 */
export function canonicalBody(params) {
  const keys = Object.keys(params).sort();
  if (keys.length === 0) {
    return '';
  }
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, params[key]])));
}

/** Returns what is to be sent: the parameters with api_id, timestamp and signature added. */
export function sign(params, { apiId, apiKey, secretKey }, timestamp) {
  // Step 2. Its SHA-256, in lower-case hex.
  const bodyHash = createHash('sha256').update(canonicalBody(params)).digest('hex');

  // Step 3. Four parts, one "|" between each. The timestamp is Unix time in seconds, not milliseconds.
  const stringToSign = [apiId, apiKey, timestamp, bodyHash].join('|');

  // Step 4. The HMAC with your secret key. The API key and the secret key themselves are never sent.
  const signature = createHmac('sha256', secretKey).update(stringToSign).digest('hex');

  return { ...params, api_id: apiId, timestamp, signature };
}
