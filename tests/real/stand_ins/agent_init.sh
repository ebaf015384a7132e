#!/bin/sh
# The first process of one agent, in namespaces of its own: a /run of its own, the stand-ins where DC/OS has
# the real programs, a real dockerd, and a real sshd in the foreground.
#
# agent_init.sh NUMBER AGENT_DIRECTORY LAB_DIRECTORY PYTHON STAND_INS ETCD
set -eu
number=$1 agent=$2 lab=$3 python=$4 stand_ins=$5 etcd=$6

hostname "agent-$number"
mount -t tmpfs tmpfs /run
mkdir -p /run/sshd /run/docker/plugins /run/lock /run/control
# Programs that ask for their own host's name would wait for a name server that is not there.
printf '127.0.0.1 localhost agent-%s\n' "$number" >/run/hosts
mount --bind /run/hosts /etc/hosts
mount -t tmpfs tmpfs /opt
mkdir -p /opt/mesosphere/bin /opt/mesosphere/etc/dcos/network/cni
mount -t tmpfs tmpfs /usr/local/sbin
mkdir -p /root/.ansible

cat >/opt/mesosphere/bin/calicoctl <<END
#!/bin/sh
exec "$python" "$stand_ins/calicoctl.py" "$lab/store" "\$@"
END
cat >/usr/local/sbin/systemctl <<'END'
#!/bin/sh
# systemctl is-active UNIT: active, unless /run/control/inactive names it.
[ "$1" = is-active ] || exit 1
! grep -qx "$2" /run/control/inactive 2>/dev/null || { echo inactive; exit 3; }
echo active
END
chmod 755 /opt/mesosphere/bin/calicoctl /usr/local/sbin/systemctl
ln -s /usr/bin/docker /usr/local/sbin/docker
cat >/opt/mesosphere/etc/dcos/network/cni/calico.conf <<'END'
{"name": "calico", "type": "mesos-cni-port-mapper", "chain": "M-CALICO", "excludeDevices": ["cali+"],
 "delegate": {"type": "calico", "cniVersion": "0.1.0", "mtu": 1450, "ipam": {"type": "calico-ipam"}}}
END

# A device with the tunnel's name and an address, which is all that can be seen of it.
ip link add vxlan.calico type bridge
ip address add "172.29.$number.0/32" dev vxlan.calico
ip link set vxlan.calico up

cat >/usr/local/sbin/start-plugin <<END
#!/bin/sh
"$python" "$stand_ins/plugin.py" /run/docker/plugins "$lab/store" /run/control </dev/null >>"$agent/plugin.log" 2>&1 &
echo \$! >/run/plugin.pid
END
chmod 755 /usr/local/sbin/start-plugin
if [ "$etcd" != none ]; then
    start-plugin
    cat >/usr/local/sbin/start-docker <<END
#!/bin/sh
dockerd --data-root "$agent/docker" --exec-root /run/docker-exec --pidfile /run/dockerd.pid \\
    --storage-driver vfs --iptables=false --ip6tables=false --bridge=none "\$@" </dev/null >>"$agent/dockerd.log" 2>&1 &
END
    chmod 755 /usr/local/sbin/start-docker
    start-docker "--cluster-store=etcd://$etcd" "--cluster-advertise=10.99.0.$number:62376"
fi
exec /usr/sbin/sshd -D -e -f "$lab/sshd_config"
