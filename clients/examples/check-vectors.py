"""Holds the signing of every example against the published vectors (docs/contract/vectors/signature.json).

    python3 check-vectors.py

Needs php, node, python3 and openssl. Prints one line for each language; exits 1 when a signature differs.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parents[1] / "docs/contract/vectors/signature.json"
AUTHENTICATION = ("api_id", "timestamp", "signature")

# Each program reads the vectors and prints, a line for each, what the example makes of it.
PHP = """
require 'php/signature.php';
foreach (json_decode(file_get_contents($argv[1]), true) as $vector) {
    $wire = json_decode($vector['wire'], true);
    $params = array_diff_key($wire, ['api_id' => 0, 'timestamp' => 0, 'signature' => 0]);
    $signed = sign($params, $vector['api_id'], $vector['api_key'], $vector['secret_key'], $wire['timestamp']);
    echo json_encode(['canonical' => canonical_body($params), 'signed' => $signed]), "\\n";
}
"""

JAVASCRIPT = """
import { readFileSync } from 'node:fs';
import { canonicalBody, sign } from './javascript/signature.mjs';
for (const vector of JSON.parse(readFileSync(process.argv[1]))) {
    const { api_id: apiId, timestamp, signature, ...params } = JSON.parse(vector.wire);
    const signed = sign(params, { apiId, apiKey: vector.api_key, secretKey: vector.secret_key }, timestamp);
    console.log(JSON.stringify({ canonical: canonicalBody(params), signed }));
}
"""

PYTHON = """
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, 'python')
from signature import canonical_body, sign
for vector in json.load(open(sys.argv[1], encoding='utf-8')):
    params = json.loads(vector['wire'])
    timestamp = params.pop('timestamp')
    del params['api_id'], params['signature']
    signed = sign(params, vector['api_id'], vector['api_key'], vector['secret_key'], timestamp)
    print(json.dumps({'canonical': canonical_body(params), 'signed': signed}))
"""

SHELL = '. ./shell/signature.sh; sign "$1" "$2"'


def output_of(*command: str, env: dict | None = None) -> str:
    done = subprocess.run(command, cwd=HERE, env=env, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout.strip()


def difference(vector: dict, made: dict) -> str | None:
    """What is wrong with the answer of an example, or None."""
    if made["signed"] != json.loads(vector["wire"]) | {"signature": made["signed"]["signature"]}:
        return "sends something else than its parameters"
    # PHP escapes U+2028 and U+2029, JavaScript and Python don't; the server accepts either form.
    if made["canonical"] != vector["canonical"]:
        if made["canonical"] == vector["canonical"].replace("\\u2028", "\u2028").replace("\\u2029", "\u2029"):
            return None
        return f"canonical body {made['canonical']!r}, not {vector['canonical']!r}"
    if made["signed"]["signature"] != vector["signature"]:
        return f"signature {made['signed']['signature']}, not {vector['signature']}"
    return None


def shell_difference(vector: dict) -> str | None:
    """The shell has no JSON of its own: it is given the canonical body."""
    keys = {f"LOKET_{key.upper()}": vector[key] for key in ("api_id", "api_key", "secret_key")}
    timestamp = str(json.loads(vector["wire"])["timestamp"])
    made = output_of("sh", "-c", SHELL, "sh", vector["canonical"], timestamp, env={**os.environ, **keys})
    return None if made == vector["signature"] else f"signature {made}, not {vector['signature']}"


def main() -> int:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    path = str(VECTORS)
    differences = {"shell": [shell_difference(vector) for vector in vectors]}
    for language, command in {
        "php": ("php", "-r", PHP, path),
        "javascript": ("node", "--input-type=module", "-e", JAVASCRIPT, path),
        "python": (sys.executable, "-c", PYTHON, path),
    }.items():
        # Not splitlines(): it would also split at U+2028, which one of the vectors has.
        made = [json.loads(line) for line in output_of(*command).split("\n")]
        differences[language] = [difference(*pair) for pair in zip(vectors, made, strict=True)]

    for language, found in differences.items():
        wrong = [f"  {vector['name']}: {what}" for vector, what in zip(vectors, found) if what]
        print(f"{language}: {len(vectors) - len(wrong)} of {len(vectors)} vectors agree", *wrong, sep="\n")
    return 1 if any(any(found) for found in differences.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
