#!/bin/sh
# Makes requirements.lock anew from pyproject.toml: pinned, with hashes, naming no host.
#
# Pins that still satisfy pyproject.toml stay; UPGRADE=1 takes the newest of everything.
set -eu
cd "$(dirname "$0")/.."
workshop=$(mktemp -d)
trap 'rm -rf "$workshop"' EXIT
.venv/bin/python -m venv "$workshop/venv"
"$workshop/venv/bin/python" -m pip --quiet --disable-pip-version-check --no-input install uv
[ -n "${UPGRADE:-}" ] || cp requirements.lock "$workshop/requirements.lock"
"$workshop/venv/bin/uv" pip compile --quiet pyproject.toml --extra dev --extra postgres --python-version 3.11 \
    --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-emit-build-options \
    --output-file "$workshop/requirements.lock" >/dev/null
cp "$workshop/requirements.lock" requirements.lock
