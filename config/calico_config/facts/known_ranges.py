"""What a DC/OS node occupies without anybody asking."""

from __future__ import annotations

from calico_core.addresses import Range, in_space

CALICO_DEFAULT = "172.29.0.0/16"
"""The pool when nobody sets ``calico_network_cidr``. Source: dcos/dcos gen/calc.py, defaults."""

DEFAULT_POOL = "default-ipv4-ippool"
"""The pool that calico-node makes of ``calico_network_cidr`` at its first start.

Source: projectcalico/node v3.14 pkg/startup/startup.go.
"""

DOCKER0 = in_space("172.17.0.0/16", "docker0", "docker0, Docker's default bridge")
"""Docker's default ``bip``; config.yaml has no parameter for it, daemon.json may move it."""

DOCKER_POOLS: tuple[Range, ...] = (
    in_space("172.18.0.0-172.31.255.255", "docker-pool", "Docker's automatic bridge networks")._replace(
        text="172.18-31.0.0/16"
    ),
    in_space("192.168.0.0/16", "docker-pool", "Docker's automatic bridge networks"),
)
"""Where ``docker network create`` without a subnet goes.

Source: moby/libnetwork ipamutils/utils.go, predefined local scope pools.
"""

LINK_LOCAL = in_space("169.254.0.0/16", "link-local", "link-local addresses")
"""Also Calico's own gateway 169.254.1.1 and the clouds' metadata services.

Source: RFC 3927; projectcalico/libcalico-go validator.go.
"""

DNS_SPACE = "198.51.100.0/24"
"""The network that dcos-dns has its addresses of (TEST-NET-2, RFC 5737: nobody else's)."""

DNS_SERVERS = ("198.51.100.1", "198.51.100.2", "198.51.100.3")
"""Where dcos-dns (Spartan) answers on every node. Source: as `DNS_ADDRESSES`."""

DNS_ADDRESSES = in_space(f"{DNS_SERVERS[0]}-{DNS_SERVERS[-1]}", "dns", "dcos-dns (198.51.100.1 to .3)")
"""The addresses of dcos-dns on every node. Source: dcos/dcos packages/dcos-net/extra/dcos-net.service."""

DNS_RESERVED = in_space("198.51.100.4", "dns", "dcos-dns (dns_bind_ip_reserved)")
"""The default of ``dns_bind_ip_reserved``. Source: dcos/dcos gen/calc.py."""

RESOLVERS_DEFAULT: tuple[Range, ...] = tuple(
    in_space(text, "resolver", "resolver") for text in ("8.8.8.8", "8.8.4.4")
)
"""The default of ``resolvers``. Source: dcos/dcos gen/calc.py."""

SPECIAL: tuple[Range, ...] = (
    in_space("0.0.0.0/8", "special", "the unspecified network (0.0.0.0/8)"),
    in_space("127.0.0.0/8", "special", "loopback (127.0.0.0/8)"),
    in_space("224.0.0.0/4", "special", "multicast (224.0.0.0/4)"),
    in_space("240.0.0.0/4", "special", "reserved and broadcast addresses (240.0.0.0/4)"),
)
"""Ranges that no container can use. Source: RFC 6890, IANA IPv4 special-purpose registry."""

PRIVATE: tuple[Range, ...] = (
    in_space("10.0.0.0/8", "private", "private addresses (RFC 1918)"),
    in_space("172.16.0.0/12", "private", "private addresses (RFC 1918)"),
    in_space("192.168.0.0/16", "private", "private addresses (RFC 1918)"),
)
SHARED_SPACE = in_space("100.64.0.0/10", "private", "shared address space (RFC 6598)")

CHOOSE_PRIVATE = "choose a network from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
"""What to do about a pool outside of `PRIVATE` and `SHARED_SPACE`."""

VIPS_DEFAULT = ("11.0.0.0", "11.255.255.255")
BRIDGE_DEFAULT = "172.31.254.0/24"
