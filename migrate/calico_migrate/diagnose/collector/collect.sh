#!/bin/sh
# Collects from one node of DC/OS what `calico-migrate diagnose` reads, and what no diagnostics bundle has.
# Read-only: nothing of the node is changed; the one directory that is written is removed at the end.
#
#   sudo sh collect.sh > NODE.tar.gz
#   ssh core@NODE sudo sh < collect.sh > NODE.tar.gz
#
# Then: calico-migrate diagnose NODE.tar.gz
set -u
umask 077
export LC_ALL=C PATH="/opt/mesosphere/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH"

if [ "$(id -u)" -ne 0 ]; then
  echo "collect.sh: must be run as root; nothing was collected" >&2
  exit 1
fi
if [ -t 1 ]; then
  echo "collect.sh: the archive goes to standard output; send it to a file: > NODE.tar.gz" >&2
  exit 2
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
errors="$work/summaryErrorsReport.txt"

# The address and role of this node, as DC/OS knows them.
address=$(/opt/mesosphere/bin/detect_ip 2>/dev/null | head -n 1)
role=master
if [ -e /etc/mesosphere/roles/slave_public ]; then
  role=agent_public
elif [ -e /etc/mesosphere/roles/slave ]; then
  role=agent
fi
printf 'version 1\naddress %s\nrole %s\n' "${address:-unknown}" "$role" > "$work/calico-migrate-collector.txt"

# A command that fails leaves no file, only a line in the error report; one that hangs is ended.
run() {
  name=$1
  shift
  if timeout 60 "$@" > "$work/$name" 2> "$work/.stderr"; then
    return 0
  fi
  code=$?
  rm -f "$work/$name"
  printf 'could not collect %s: exit status %s\n' "$name" "$code" >> "$errors"
}

# What is in bundles too.
run ip_addr.output ip addr
run ip_route.output ip route
run iptables-save.output iptables-save
run ipset_list.output ipset list
run sysctl_-a.output sysctl -a
run dmesg_-T.output dmesg -T
run timedatectl.output timedatectl
run ps_aux_ww_Z.output ps aux ww Z
run df.output df -h
run 'systemctl_list-units_dcos*.output' systemctl list-units 'dcos*'
run optmesospherebindetect_ip.output /opt/mesosphere/bin/detect_ip
if command -v sestatus > /dev/null 2>&1; then
  run sestatus.output sestatus
fi
for file in opt/mesosphere/etc/dcos-version.json opt/mesosphere/etc/expanded.config.json \
  opt/mesosphere/active.buildinfo.full.json var/lib/dcos/cluster-id proc/cmdline; do
  if [ -r "/$file" ]; then
    mkdir -p "$work/$(dirname "$file")"
    cat "/$file" > "$work/$file"
  fi
done
# Journals in the form of bundles: time, zone and message of the last day.
for unit in dcos-calico-felix dcos-calico-libnetwork-plugin dcos-calico-bird dcos-calico-confd dcos-etcd dcos-net; do
  if [ -e "/etc/systemd/system/dcos.target.wants/$unit.service" ]; then
    journalctl -u "$unit.service" --since '24 hours ago' --utc -o short-iso --no-pager 2> "$work/.stderr" |
      sed -n 's/^\([0-9-]*\)T\([0-9:]*\)[+-][0-9:]* [^ ]* [^:]*: /\1 \2 +0000 UTC /p' > "$work/$unit.service"
  fi
done
if [ "$role" = master ]; then
  for kind in node ipPool profile workloadEndpoint networkPolicy globalNetworkPolicy; do
    run "optmesospherebincalicoctl_get_${kind}_-o_yaml.output" /opt/mesosphere/bin/calicoctl get "$kind" -o yaml
  done
  run optmesospherebincalicoctl_node_status.output /opt/mesosphere/bin/calicoctl node status
  run optmesospherebindcos-shell_dcos-etcdctl_diagnostic.output \
    /opt/mesosphere/bin/dcos-shell dcos-etcdctl diagnostic
  # What no bundle has of Calico's resources.
  for kind in felixConfiguration bgpConfiguration bgpPeer hostEndpoint globalNetworkSet networkSet clusterInformation; do
    run "calicoctl_get_${kind}_-o_yaml.output" /opt/mesosphere/bin/calicoctl get "$kind" -o yaml
  done
else
  run docker_--version.output docker --version
  run docker_ps.output docker ps
  # What no bundle has of Docker and the network.
  run docker_info.output docker info
  run docker_network_ls.output docker network ls --no-trunc
  networks=$(docker network ls -q 2> /dev/null)
  if [ -n "$networks" ]; then
    # shellcheck disable=SC2086 # ids without blanks, a word each
    run docker_network_inspect.json docker network inspect $networks
  fi
  if [ -r /opt/mesosphere/etc/dcos/network/cni ]; then
    mkdir -p "$work/opt/mesosphere/etc/dcos/network/cni"
    cat /opt/mesosphere/etc/dcos/network/cni/calico.conf \
      > "$work/opt/mesosphere/etc/dcos/network/cni/calico.conf" 2> "$work/.stderr"
  fi
fi
run ip_rule.output ip rule
run ip_neigh.output ip neigh
run ip_-d_link.output ip -d link
run ip_-s_link.output ip -s link
run bridge_fdb.output bridge fdb
run lsmod.output lsmod
run ss_-tlnp.output ss -tlnp
if [ -S /var/run/calico/bird.ctl ]; then
  run birdcl_show_protocols.output birdcl -s /var/run/calico/bird.ctl show protocols
fi

rm -f "$work/.stderr"
tar -C "$work" -czf - .
