#!/bin/sh
# Called by Maven: runs a script of this folder with the Node.js of the system, or says what to install.
set -eu
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1 \
  || ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "The web application needs Node.js 20.19 or newer with npm: install it (for example from https://nodejs.org) and build again." >&2
  exit 1
fi
exec "$@"
