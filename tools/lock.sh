#!/bin/sh
# Writes the lock files anew: hashes of every file, no address of any registry.
set -eu
cd "$(dirname "$0")/.."
for name in app dev build; do
  .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
    --python-version 3.11 --universal "requirements/$name.in" -o "requirements/$name.txt"
done
npm install --package-lock-only --no-progress
.venv/bin/python tools/audit_locks.py --mend
