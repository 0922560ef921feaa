#!/bin/sh
# Lock the dependencies of pyproject.toml anew: every package by version and hash, no release younger than a week. Needs uv.
set -eu
uv=${UV:-uv}
before=$(date -u -d '7 days ago' +%Y-%m-%dT00:00:00Z)

lock() {
    out=$1
    shift
    "$uv" pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
        --exclude-newer "$before" pyproject.toml "$@" -o "$out"
}

lock requirements/run.txt --group build
lock requirements/hsm.txt --group build --extra hsm
lock requirements/inspect.txt --group build --extra inspect
lock requirements/dev.txt --group build --group test --group lint --group docs
lock requirements/peers.txt --group build --group peers
lock requirements/peers-deid.txt --group build --group peers-deid
