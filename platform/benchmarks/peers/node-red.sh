#!/bin/sh
# Installs Node-RED from the npm registry and starts it with the order flow: ./node-red.sh FOLDER [PORT]. Ctrl+C ends it.
# 4.1.15 is of the newest line that runs on Node 20; later ones want 22.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?a folder to install into}
port=${2:-18880}
mkdir -p "$folder/user"
cd "$folder"
[ -f package.json ] || npm init -y >/dev/null
[ -d node_modules/node-red ] || npm install --no-audit --no-fund node-red@"${NODE_RED_VERSION:-4.1.15}"
cp "$here/node-red-flow.json" user/flows.json
cat > user/settings.js <<SETTINGS
module.exports = { uiHost: '127.0.0.1', flowFile: 'flows.json', diagnostics: { enabled: false },
  telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'warn' } } }
SETTINGS
node -p "'Node-RED ' + require('./node_modules/node-red/package.json').version + ' answers at http://localhost:$port/order'"
exec node node_modules/node-red/red.js --userDir user --port "$port"
