#!/bin/sh
# Brings the database up to date, fills it with the demo district if it is empty, and serves.
set -eu
cd "$(dirname "$0")/.."
bin="$PWD/.venv/bin"
mkdir -p "$DATA_DIR"

# Unchanged migrations and a database from the same code: nothing to do.
wanted="$(find src/miteinander -path '*/migrations/*.py' -exec cksum {} + | LC_ALL=C sort | cksum) ${DATABASE_URL:-}"
stamp="$DATA_DIR/.prepared"
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  printf 'Preparing the database ...\n' >&2
  "$bin/miteinander" upgrade --verbosity 0
  "$bin/miteinander" demo --verbosity 0 >&2
  printf '%s' "$wanted" > "$stamp"
fi
exec "$bin/miteinander" serve
