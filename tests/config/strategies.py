"""config.yaml files as hypothesis draws them: sound, odd, and broken ones."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from calico_config import InstalledPool, Options, parse_reserved

_octet = st.integers(0, 255)
addresses = st.one_of(
    st.builds("172.{}.{}.{}".format, st.integers(15, 32), _octet, _octet),
    st.builds("10.{}.{}.{}".format, _octet, _octet, _octet),
    st.builds("{}.{}.{}.{}".format, _octet, _octet, _octet, _octet),
)


@st.composite
def cidrs(draw: st.DrawFn) -> str:
    prefix = draw(st.integers(0, 32))
    number = (
        draw(st.integers(0, (1 << 32) - 1))
        if draw(st.booleans())
        else 10 << 24 | draw(st.integers(0, 1 << 24))
    )
    number = number >> (32 - prefix) << (32 - prefix)
    dotted = ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
    return draw(
        st.sampled_from([f"{dotted}/{prefix}", f"{dotted}/{prefix}", dotted, f"{dotted}/255.255.0.0"])
    )


numbers = st.one_of(
    st.integers(-5, 70_000).map(str),
    st.sampled_from(
        ["1024", "0x400", "02000", "17:04", "'01450'", '"1_450"', "1450.0", "~", "''", "[1]", "1e3"]
    ),
)
booleans = st.sampled_from(["true", "false", "yes", "off", "'True'", "maybe", "1", "", "<flag>"])
anything = st.one_of(
    st.text(max_size=12).map(json.dumps),
    st.integers().map(str),
    st.sampled_from(
        ["null", "[]", "{}", "[null]", "{a: {b: [1.5]}}", "2021-01-01", "!!binary aGk=", "*nowhere"]
    ),
)


@st.composite
def overlay_networks(draw: st.DrawFn) -> str:
    value: dict[str, Any] = {
        "vtep_subnet": draw(st.one_of(cidrs(), st.just("44.128.0.0/20"), st.none(), st.integers(0, 99))),
        "vtep_subnet6": draw(st.sampled_from(["fd01:a::/64", "fd01:b::/64", "x", None])),
        "vtep_mac_oui": draw(st.sampled_from(["70:B3:D5:00:00:00", "71:00:00:00:00:00", "zz", 7, None])),
        "overlays": draw(
            st.lists(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "name": st.sampled_from(["dcos", "calico", "b", "host", 5]),
                        "subnet": st.one_of(cidrs(), st.integers(0, (1 << 33)), st.none()),
                        "prefix": st.one_of(st.integers(-1, 40), st.sampled_from(["24", None, 2.5])),
                        "subnet6": st.sampled_from(["fd01:b::/64", "fd01:c::/64", 3]),
                        "prefix6": st.integers(60, 130),
                        "enabled": st.sampled_from([True, False, "no", 0]),
                    },
                ),
                max_size=4,
            )
        ),
    }
    if draw(st.booleans()):
        value["vtep_mtu"] = draw(st.sampled_from([1500, "1500", 99_999, None, [1]]))
    for name in draw(st.sets(st.sampled_from(sorted(value)), max_size=1)):
        del value[name]
    text = json.dumps(value)
    return text if draw(st.booleans()) else "'" + text.replace("'", "''") + "'"


_lists = st.lists(addresses, max_size=5).map(json.dumps)
VALUES: dict[str, st.SearchStrategy[str]] = {
    "calico_enabled": booleans,
    "calico_vxlan_enabled": booleans,
    "calico_network_cidr": st.one_of(cidrs(), cidrs(), anything, st.just("{{ cidr }}").map(json.dumps)),
    "calico_vxlan_mtu": numbers,
    "calico_ipinip_mtu": numbers,
    "calico_veth_mtu": numbers,
    "calico_vxlan_port": numbers,
    "calico_vxlan_vni": numbers,
    "dcos_overlay_enable": booleans,
    "dcos_overlay_mtu": numbers,
    "dcos_overlay_network": st.one_of(overlay_networks(), overlay_networks(), anything),
    "dcos_overlay_network_json": overlay_networks(),
    "dcos_ucr_default_bridge_subnet": st.one_of(cidrs(), anything),
    "dcos_l4lb_min_named_ip": addresses,
    "dcos_l4lb_max_named_ip": addresses,
    "dcos_l4lb_min_named_ip6": st.sampled_from(['"fd01:c::"', '"fd01:1000::"', '"x"']),
    "dns_bind_ip_reserved": _lists,
    "dns_forward_zones": st.sampled_from(['{"a": ["10.1.1.1:53"]}', '{"a": [["10.1.1.1", 53]]}', "[1]", "x"]),
    "master_list": st.one_of(_lists, anything),
    "agent_list": st.one_of(_lists, anything),
    "resolvers": st.one_of(_lists, anything),
    "bootstrap_url": st.builds("http://{}:80/x".format, addresses),
    "exhibitor_zk_hosts": st.builds("{}:2181".format, addresses),
    "enable_ipv6": booleans,
    "calico_mtu": numbers,
    "something_else": anything,
}


@st.composite
def configs(draw: st.DrawFn) -> str:
    """Lines of ``name: value`` in any order, some names twice, in one of several styles."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=10))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    indent = draw(st.sampled_from(["", "", "  "]))
    lines = [f"{indent}{name}: {draw(VALUES[name])}" for name in names]
    if draw(st.booleans()):
        lines.insert(0, "---")
    for _ in range(draw(st.integers(0, 2))):
        lines.insert(draw(st.integers(0, len(lines))), indent + "# a comment: {{ x }}")
    return newline.join(lines) + draw(st.sampled_from(["", newline, newline * 2]))


reserved = st.lists(cidrs().filter(lambda text: "255.255" not in text), max_size=3).map(
    lambda texts: tuple(parse_reserved(f"{text}=mine") for text in texts)
)
pools = st.one_of(
    st.none(),
    st.none(),
    st.lists(
        st.builds(
            InstalledPool,
            st.sampled_from(["default-ipv4-ippool", "other"]),
            cidrs(),
            st.sampled_from(["vxlan", "ipip", "none"]),
            st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
)
options = st.builds(
    Options,
    dcos_version=st.sampled_from([None, "2.1.0", "2.1.4", "2.2.0"]),
    reserved=reserved,
    agents=st.lists(st.one_of(addresses, st.just("node-1")), max_size=4).map(tuple),
    pools=pools,
    nodes=st.one_of(st.none(), st.integers(1, 3000)),
    tasks=st.one_of(st.none(), st.integers(0, 30_000)),
    link_mtu=st.one_of(st.none(), st.integers(68, 70_000)),
    cloud=st.sampled_from([None, None, "aws", "azure", "gce", "openstack"]),
)
