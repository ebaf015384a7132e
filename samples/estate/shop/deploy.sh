#!/bin/sh
# Puts every app of the shop to the cluster.
set -eu
NETWORK=${NETWORK:-dcos}
for app in apps/*.json; do
    dcos marathon app update "$(jq -r .id "$app")" < "$app"
done
curl -sSf -X PUT "$MARATHON/v2/apps/shop/banner?network=$NETWORK" -d @- <<EOF
{"id": "/shop/banner", "cmd": "./banner",
 "networks": [{"mode": "container", "name": "dcos"}]}
EOF
curl -s "http://images-shop.marathon.mesos:31080/health"
