# How a request to Loket is signed, in POSIX shell with openssl. Read it in with: . ./signature.sh
#
# The keys come from LOKET_API_ID, LOKET_API_KEY and LOKET_SECRET_KEY. openssl takes the key as an argument, so on a
# machine that you share with others they can see it in the list of processes: use another language there.

# sign CANONICAL_BODY TIMESTAMP: prints the signature.
#
# Step 1 is the caller's: the canonical body is the business parameters (everything that is sent except api_id,
# timestamp and signature), sorted A-Z, as compact JSON; or the empty string when there are none.
sign() {
    # Step 2. Its SHA-256, in lower-case hex. printf, not echo: a newline at the end would change it.
    body_hash=$(printf '%s' "$1" | openssl dgst -sha256 -r | cut -c 1-64)

    # Step 3. Four parts, one "|" between each. The timestamp is Unix time in seconds.
    string_to_sign="$LOKET_API_ID|$LOKET_API_KEY|$2|$body_hash"

    # Step 4. The HMAC with your secret key. The API key and the secret key themselves are never sent.
    printf '%s' "$string_to_sign" | openssl dgst -sha256 -hmac "$LOKET_SECRET_KEY" -r | cut -c 1-64
}
