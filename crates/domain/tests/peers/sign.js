// Prints sets of random parameters as a JavaScript merchant signs and sends them: a line each, ["body sent", "body signed"].
// Usage: node sign.js SEED SETS

const { createHash, createHmac } = require('node:crypto');

const API_ID = 'your_api_id';
const API_KEY = 'your_api_key';
const SECRET_KEY = 'your_secret_key';
const PIECES = ['a', 'Z', '0', ' ', '/', '"', "'", '\\', '&', '<', 'é', '€', '“', '😀', '\u2028', '\u2029', '\x7f',
  '\0', '\b', '\t', '\n', '\v', '\f', '\r', '\x1f', '</script>', '\\u00e9', '\uffff'];
const NUMBERS = [0, -0, 7, -12, 0.5, -0.1, 0.1 + 0.2, 1.5e-7, 1e21, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
const KEY_START = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_';
const KEY_REST = KEY_START + '0123456789.-';

const [seed, sets] = process.argv.slice(2).map(Number);
const random = seededRandom(seed);

for (let number = 0; number < sets; number++) {
  const params = randomParams();
  const timestamp = 1748678400 + number;

  // The published algorithm. Only the outermost keys are sorted.
  const keys = Object.keys(params).sort();
  const sorted = Object.fromEntries(keys.map((key) => [key, params[key]]));
  const canonical = keys.length === 0 ? '' : JSON.stringify(sorted);
  const bodyHash = createHash('sha256').update(canonical).digest('hex');
  const stringToSign = [API_ID, API_KEY, timestamp, bodyHash].join('|');
  const signature = createHmac('sha256', SECRET_KEY).update(stringToSign).digest('hex');

  const sentTimestamp = below(4) === 0 ? String(timestamp) : timestamp;
  const body = { ...params, api_id: API_ID, timestamp: sentTimestamp, signature };
  console.log(JSON.stringify([JSON.stringify(body), canonical]));
}

function randomParams() {
  if (below(20) === 0) return {};
  const params = { cmd: 'inquiry', code: `ML/${below(99)}`, customer_no: randomText() };
  if (below(2) === 0) params.ref_id = below(4) === 0 ? '' : `INQ-${below(1e9)}`;
  for (let extras = below(7); extras > 0; extras--) params[randomKey()] = randomValue(3);
  const entries = Object.entries(params).map((entry) => [random(), entry]);
  return Object.fromEntries(entries.sort(([one], [other]) => one - other).map(([, entry]) => entry));
}

function randomKey() {
  let key = pick(KEY_START);
  for (let length = below(6); length > 0; length--) key += pick(KEY_REST);
  return key;
}

function randomText() {
  let text = '';
  for (let length = below(9); length > 0; length--) text += pick(PIECES);
  return text;
}

function randomValue(depth) {
  switch (below(depth > 0 ? 8 : 6)) {
    case 0: return null;
    case 1: return below(2) === 0;
    case 2: return below(2000000) - 1000000;
    case 3: return pick(NUMBERS);
    case 6: return Array.from({ length: below(4) }, () => randomValue(depth - 1));
    case 7: return randomMap(depth - 1);
    default: return randomText();
  }
}

// Keys inside may be anything. JavaScript moves those that look like integers to the front, before signing and sending.
function randomMap(depth) {
  const map = {};
  for (let length = below(4); length > 0; length--) {
    map[pick([randomKey(), `é${randomText()}`, String(below(3)), ''])] = randomValue(depth);
  }
  return map;
}

function pick(choices) {
  return choices[below(choices.length)];
}

function below(limit) {
  return Math.floor(random() * limit);
}

// Mulberry32, since Math.random takes no seed.
function seededRandom(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
