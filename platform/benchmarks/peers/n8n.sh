#!/bin/sh
# Installs n8n from the npm registry and starts it with the order workflow: ./n8n.sh FOLDER [PORT]. Ctrl+C ends it.
# It keeps its executions in PostgreSQL where N8N_DB_URL names one (postgres://user:password@host:port/database), else in SQLite,
# whose driver npm builds or downloads while it installs. 2.8.4 is the newest line that runs on Node 20; later ones want 24.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?a folder to install into}
port=${2:-15678}
mkdir -p "$folder"
cd "$folder"
# one library of n8n's is not in the npm registry in the version that it asks for
[ -f package.json ] || echo '{"name":"peer","private":true,"overrides":{"xlsx":"0.18.5"}}' >package.json
if [ ! -d node_modules/n8n ]; then
  scripts=""
  [ -z "${N8N_DB_URL:-}" ] || scripts="--ignore-scripts"
  npm install --no-audit --no-fund $scripts n8n@"${N8N_VERSION:-2.8.4}"
fi
export N8N_USER_FOLDER="$PWD" N8N_PORT="$port" N8N_LISTEN_ADDRESS=127.0.0.1 N8N_DIAGNOSTICS_ENABLED=false \
  N8N_VERSION_NOTIFICATIONS_ENABLED=false N8N_TEMPLATES_ENABLED=false N8N_PERSONALIZATION_ENABLED=false N8N_LOG_LEVEL=warn
if [ -n "${N8N_DB_URL:-}" ]; then
  rest=${N8N_DB_URL#postgres://}
  login=${rest%@*}
  place=${rest#*@}
  host=${place%%/*}
  export DB_TYPE=postgresdb DB_POSTGRESDB_USER="${login%%:*}" DB_POSTGRESDB_PASSWORD="${login#*:}" \
    DB_POSTGRESDB_HOST="${host%%:*}" DB_POSTGRESDB_PORT="${host#*:}" DB_POSTGRESDB_DATABASE="${place#*/}"
fi
n8n="node node_modules/n8n/bin/n8n"
$n8n import:workflow --input="$here/n8n-workflow.json"
$n8n publish:workflow --id=cadrePeerOrder01 || $n8n update:workflow --id=cadrePeerOrder01 --active=true
echo "n8n answers at http://localhost:$port/webhook/order"
exec $n8n start
