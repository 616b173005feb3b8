#!/bin/sh
# Check a bill, then pay it.
#
#     sh pay-bill.sh [CODE] [CUSTOMER_NO] [REF_ID] [--testing]
#
# Prints each answer as it was received, one a line. Exits 0 when the bill is paid or pending, otherwise 1.
# Needs openssl and curl.

set -eu
. "$(dirname "$0")/signature.sh"

LOKET_URL=${LOKET_URL:-http://127.0.0.1:8080}
LOKET_API_ID=${LOKET_API_ID:-demo}
LOKET_API_KEY=${LOKET_API_KEY:-demo-api-key}
LOKET_SECRET_KEY=${LOKET_SECRET_KEY:-demo-secret-key}
TRIES=4

# Longer than the server waits for its supplier (25 s), so that it is the server that answers, not this clock.
TIMEOUT_SECONDS=40

# order CMD: signs and sends once. Sets $body and $status (000 when there was no answer).
order() {
    timestamp=$(date +%s)

    # The keys are written in A-Z order here, so this text is the canonical body and the beginning of what is sent.
    # "testing" is signed like any other parameter.
    params="\"cmd\":\"$1\",\"code\":\"$code\",\"customer_no\":\"$customer_no\",\"ref_id\":\"$ref_id\"$testing"
    signature=$(sign "{$params}" "$timestamp")
    signed="{$params,\"api_id\":\"$LOKET_API_ID\",\"timestamp\":$timestamp,\"signature\":\"$signature\"}"

    # curl adds the status on a line of its own, also when it got no answer.
    answer=$(printf '%s' "$signed" | curl --silent --show-error --max-time "$TIMEOUT_SECONDS" \
        --header 'Content-Type: application/json' --data-binary @- \
        --write-out '\n%{http_code}' "$LOKET_URL/v1/order") || answer="
000"
    status=${answer##*
}
    body=${answer%
*}
}

# call CMD: sends, prints the answer, and succeeds if the answer's "success" is true.
#
# No answer, or HTTP 5xx, means that the outcome is NOT KNOWN. Then the same parameters are sent again with the same
# ref_id and a fresh signature (a timestamp is valid for five minutes only). That is always safe, since the server
# answers a ref_id that it knows with the order that exists. Any other answer is final.
call() {
    try=1
    pause_seconds=1
    while order "$1"; do
        case $status in
            000 | 5??) echo "$1, try $try of $TRIES: HTTP $status" >&2 ;;
            *) break ;;
        esac
        if [ "$try" -eq "$TRIES" ]; then
            echo "No final answer. Send the same $1 again with ref_id $ref_id." >&2
            break
        fi
        sleep "$pause_seconds"
        try=$((try + 1))
        pause_seconds=$((pause_seconds * 2)) # 1, 2, 4
    done
    if [ -n "$body" ]; then
        printf '%s\n' "$body"
    fi

    # The envelope's members always come in the same order, so its beginning tells, without a JSON parser.
    printf '%s' "$body" | grep -Eq '^\{"success": ?true,'
}

testing=
for argument in "$@"; do
    shift
    if [ "$argument" = --testing ]; then
        testing=',"testing":true'
    else
        set -- "$@" "$argument"
    fi
done

# The reference is yours: unique for each bill, and the same in the inquiry, in the payment and in every retry.
# In your program, save it BEFORE you send the payment: with it you can always ask again, and never pay twice.
code=${1:-MPBPJS}
customer_no=${2:-1234567890}
ref_id=${3:-INQ-$(openssl rand -hex 12)}

# Everything else would have to be escaped in JSON, and a shell is the wrong place to do that.
case $code$customer_no$ref_id in
    *[!A-Za-z0-9\ ._:/\(\)+-]*)
        echo "This example takes letters, digits, spaces and . _ : / ( ) + - only." >&2
        exit 1
        ;;
esac

# A failed inquiry has debited nothing; its "code" says why.
call inquiry || exit 1

# The amount is in data.total: show it to your customer. The payment must follow within five minutes.
#
# "success" is true for paid and for pending. Pending means that the outcome is not known yet: don't refund your
# customer; send the same pay-pasca again later, or wait for the webhook.
call pay-pasca || exit 1
