"""The one table of the networking parameters of a DC/OS ``config.yaml``.

``explain``, ``config show``, the documentation's table and the checks all read it. The facts come from
``dcos/dcos gen/calc.py`` (defaults and validation) and ``gen/dcos-config.yaml`` (what becomes of a value on a
node); `Parameter.source` names the place.
"""

from __future__ import annotations

from typing import NamedTuple

Release = tuple[int, int, int]

# The newest release that the facts are about; a name without a patch level means the newest of its line.
NEWEST: Release = (2, 2, 99)
_ANY_PATCH = 99

# Single settings that several parameters share.
_CALC = "dcos/dcos gen/calc.py"


class Parameter(NamedTuple):
    """A networking parameter.

    ``kind`` is ``boolean``, ``integer``, ``ipv4-network``, ``ipv4-address``, ``ipv6-address``, ``overlays``,
    ``text``, ``json``, ``addresses`` (a list of IPv4 addresses), ``choice`` or ``script``. ``default`` is the
    text that the installer uses where nobody set a value, None where there is none (``required``) or where
    it is calculated. ``minimum`` and ``maximum`` are those of the installer, for integers. ``since`` is the
    first release that knows it. ``mode`` is ``vxlan`` or ``ipip`` for a parameter of one encapsulation.
    ``node`` says what it becomes on the nodes. ``documented`` is a default that the documentation names and
    the code does not have. ``calculated`` says that it must not be set.
    """

    name: str
    kind: str
    default: str | None
    meaning: str
    node: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    since: Release = (2, 1, 0)
    mode: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    calculated: bool = False
    documented: str | None = None
    source: str = _CALC

    @property
    def unit(self) -> str:
        """The unit of an integer: ``bytes`` for an MTU, ``ms`` for a timeout, else empty."""
        if self.name.endswith("_mtu"):
            return "bytes"
        return "ms" if self.name.endswith("_timeout") else ""

    def accepts(self) -> str:
        """In words, what the installer accepts."""
        if self.kind == "boolean":
            return "true or false"
        if self.kind == "integer":
            unit = f" {self.unit}" if self.unit else ""
            if self.maximum is None:
                return f"an integer of at least {self.minimum}{unit}"
            return f"an integer from {self.minimum} to {self.maximum}{unit}"
        return {
            "ipv4-network": "an IPv4 network such as 192.168.128.0/17, without host bits",
            "ipv4-address": "an IPv4 address",
            "ipv6-address": "an IPv6 address, in quotes",
            "overlays": "a mapping or JSON text with vtep_subnet, vtep_subnet6, vtep_mac_oui and overlays",
            "addresses": "a list of different IPv4 addresses",
            "choice": "one of " + ", ".join(self.choices),
            "json": "JSON text, or the same as YAML",
            "script": "the name of a script below the directory of the installer",
        }.get(self.kind, "a text")


_OVERLAY_DEFAULT = (
    '{"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00",'
    ' "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24},'
    ' {"name": "dcos6", "subnet6": "fd01:b::/64", "prefix6": 80}]}'
)
_FELIX = "the environment of dcos-calico-felix"
_DCOS_NET = "dcos-net.config.d/common.config"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "calico_enabled", "boolean", "true",
        "Whether Calico runs at all. With false no other calico_* value is even looked at.",
        ("/etc/calico/calico_enabled", "the dcos-calico-* units and dcos-etcd"),
        since=(2, 1, 2), source=f"{_CALC}; DC/OS 2.1.2 release notes (COPS-6451)",
    ),
    Parameter(
        "calico_network_cidr", "ipv4-network", "172.29.0.0/16",
        "The network from which Calico gives every container its address, in blocks of 64 addresses for"
        " each node. It is written into the cluster at its first start and cannot be changed with this"
        " parameter afterwards.",
        ("CALICO_IPV4POOL_CIDR in the environment of calico-node", "the IP pool default-ipv4-ippool",
         "docker network create --subnet of the network calico"),
        source=f"{_CALC}; DC/OS 2.2 docs, Calico, configuration reference",
    ),
    Parameter(
        "calico_vxlan_enabled", "boolean", "true",
        "Whether containers on different nodes reach each other through VXLAN (true) or IP-in-IP (false)."
        " Like the network it takes effect at the first start alone.",
        ("the pool's vxlanMode or ipipMode", "CALICO_NETWORKING_BACKEND vxlan or bird"),
        source=f"{_CALC}; DC/OS 2.2 docs, Calico, configuration reference",
    ),
    Parameter(
        "calico_ipinip_mtu", "integer", "1480",
        "The MTU of the IP-in-IP tunnel device tunl0: at most the network's MTU less 20.",
        (f"FELIX_IPINIPMTU in {_FELIX}",), minimum=552, mode="ipip",
        source=f"{_CALC}; Calico 3.14 docs, networking/mtu",
    ),
    Parameter(
        "calico_vxlan_mtu", "integer", "1450",
        "The MTU of the VXLAN device vxlan.calico: at most the network's MTU less 50.",
        (f"FELIX_VXLANMTU in {_FELIX}",), minimum=552, mode="vxlan",
        source=f"{_CALC}; Calico 3.14 docs, networking/mtu",
    ),
    Parameter(
        "calico_vxlan_port", "integer", "64000",
        "The UDP port of Calico's VXLAN packets. The default is the overlay's own port, which works as"
        " long as the two have different network identifiers.",
        (f"FELIX_VXLANPORT in {_FELIX}",), minimum=1025, maximum=65535, mode="vxlan", documented="4789",
    ),
    Parameter(
        "calico_vxlan_vni", "integer", "4096",
        "The VXLAN network identifier of Calico's packets. 1024 is the overlay's own; the installer means"
        " to refuse it and does not.",
        (f"FELIX_VXLANVNI in {_FELIX}",), minimum=1, maximum=16777215, mode="vxlan",
    ),
    Parameter(
        "calico_veth_mtu", "integer", "1500",
        "The MTU of the containers' interfaces (Mesos containers alone; Docker's keep 1500). Calico asks"
        " for the same value as the tunnel's.",
        ("mtu in the CNI file calico.conf",), minimum=552,
        source=f"{_CALC}; Calico 3.14 docs, networking/mtu",
    ),
    Parameter(
        "dcos_overlay_enable", "boolean", "true",
        "Whether the DC/OS overlay runs. Its other values are validated with false too.",
        (f"enable_overlay in {_DCOS_NET}", "the overlay modules of the Mesos master and agents"),
    ),
    Parameter(
        "dcos_overlay_network", "overlays", _OVERLAY_DEFAULT,
        "The overlay networks: their names and subnets, and the addresses of the tunnel ends (VTEP).",
        ("overlay/config/master.json",),
    ),
    Parameter(
        "dcos_overlay_network_json", "overlays", None,
        "Calculated from dcos_overlay_network. Set by hand it replaces that and evades the comparison with"
        " Calico's network.",
        ("overlay/config/master.json",),
    ),
    Parameter(
        "dcos_overlay_mtu", "integer", "1420", "The MTU of containers on the overlay.",
        ("overlay_mtu in overlay/config/agent.json and agent-master.json",), minimum=552,
    ),
    Parameter(
        "dcos_overlay_config_attempts", "integer", "4",
        "How often an agent tries to configure its overlays.",
        ("max_configuration_attempts in overlay/config/agent.json",), minimum=0, maximum=10,
    ),
    Parameter(
        "dcos_overlay_network_default_name", "text", "dcos",
        "The overlay that containers without a network name get; it must be one of dcos_overlay_network.",
        ("dcos-cni-networks", "MARATHON_DEFAULT_NETWORK_NAME"),
    ),
    Parameter(
        "dcos_overlay_network6_default_name", "text", "dcos6",
        "The IPv6 overlay's name. Nobody checks that it exists.", ("dcos-cni-networks",),
    ),
    Parameter(
        "dcos_ucr_default_bridge_network_name", "text", "mesos-bridge",
        "The name of the bridge network of Mesos containers.", ("ucr-default-bridge.conf",),
    ),
    Parameter(
        "dcos_ucr_default_bridge_subnet", "ipv4-network", "172.31.254.0/24",
        "The network of the bridge ucr-br0 on every agent.", ("ucr-default-bridge.conf",),
    ),
    Parameter(
        "dcos_cni_data_dir", "text", "/var/run/dcos/cni/networks",
        "Where CNI keeps the addresses that it gave away.",
        ("ucr-default-bridge.conf", "overlay/config/agent.json"),
    ),
    Parameter(
        "mesos_cni_root_dir_persist", "boolean", "false",
        "Whether CNI's state survives a restart of the node.", ("mesos-slave-common",),
    ),
    Parameter(
        "dcos_l4lb_min_named_ip", "ipv4-address", "11.0.0.0",
        "The first address of the range from which named virtual IPs are taken.",
        (f"min_named_ip in {_DCOS_NET}",),
    ),
    Parameter(
        "dcos_l4lb_max_named_ip", "ipv4-address", "11.255.255.255",
        "The last address of the range from which named virtual IPs are taken.",
        (f"max_named_ip in {_DCOS_NET}",),
    ),
    Parameter(
        "dcos_l4lb_min_named_ip6", "ipv6-address", "fd01:c::",
        "The first address of the range of named virtual IPv6 addresses.",
        (f"min_named_ip6 in {_DCOS_NET}",),
    ),
    Parameter(
        "dcos_l4lb_max_named_ip6", "ipv6-address", "fd01:c::ffff:ffff:ffff:ffff",
        "The last address of the range of named virtual IPv6 addresses.",
        (f"max_named_ip6 in {_DCOS_NET}",),
    ),
    Parameter(
        "dcos_l4lb_enable_ipv6", "boolean", "true",
        "Whether named virtual IPs have IPv6 addresses; must be false where enable_ipv6 is.",
        (f"enable_ipv6 of dcos_l4lb in {_DCOS_NET}",), documented="false",
    ),
    Parameter(
        "dcos_l4lb_enable_ipset", "boolean", "true", "Whether the load balancer uses ipset.",
        (f"ipset_enabled in {_DCOS_NET}",),
    ),
    Parameter(
        "enable_lb", "boolean", "true", "Whether the layer 4 load balancer runs.",
        (f"enable_lb in {_DCOS_NET}",),
    ),
    Parameter(
        "enable_ipv6", "boolean", "true",
        "Whether dcos-net and the overlay use IPv6. Calico on DC/OS never does.",
        ("DCOS_NET_IPV6", "overlay/config/agent.json"),
    ),
    Parameter(
        "enable_mesos_ipv6_discovery", "boolean", "false",
        "Whether Mesos detects the nodes' IPv6 addresses.", ("mesos-slave-common",),
    ),
    Parameter(
        "dcos_net_cluster_identity", "boolean", "false",
        "Whether dcos-net uses the cluster's identity in its own protocol.", ("DCOS_NET_CLUSTER_IDENTITY",),
    ),
    Parameter(
        "dcos_net_rest_enable", "boolean", "true", "Whether dcos-net answers over HTTP.",
        (f"enable_rest in {_DCOS_NET}",),
    ),
    Parameter(
        "dcos_net_watchdog", "boolean", "true", "Whether a watchdog restarts dcos-net.",
        ("DCOS_NET_WATCHDOG",),
    ),
    Parameter(
        "dcos_net_push_ops_timeout", "integer", "1000",
        "How long dcos-net on a master waits for an update to reach the others.",
        ("push_ops_timeout in dcos-net.config.d/master.config",), minimum=50, maximum=120000,
    ),
    Parameter(
        "master_discovery", "choice", None, "How agents find the masters.", ("dns_config",),
        choices=("static", "master_http_loadbalancer"), required=True,
    ),
    Parameter(
        "master_list", "addresses", None, "The masters' addresses.",
        ("master_list", "the ensemble of Exhibitor"),
    ),
    Parameter(
        "bootstrap_url", "text", None, "Where nodes fetch DC/OS from.", ("setup-flags/repository-url",),
        required=True,
    ),
    Parameter(
        "resolvers", "addresses", '["8.8.8.8", "8.8.4.4"]',
        "The name servers that dcos-dns asks, each with an optional port. Since 2.2.0 none may be one of"
        " the addresses 198.51.100.1 to 198.51.100.3 of dcos-dns itself.",
        ("dcos-dns.json", "mesos-dns.json"), source="dcos/dcos gen/build_deploy/bash.py, gen/calc.py",
    ),
    Parameter(
        "dns_bind_ip_reserved", "json", '["198.51.100.4"]',
        "Addresses on which dcos-dns does not listen because DC/OS needs them.", ("dcos-dns.json",),
    ),
    Parameter(
        "dns_bind_ip_blacklist", "addresses", "[]", "Addresses on which dcos-dns does not listen.",
        ("dcos-dns.json",),
    ),
    Parameter(
        "dns_forward_zones", "json", "{}", "Zones with name servers of their own.", ("dcos-dns.json",),
    ),
    Parameter(
        "dns_search", "text", "", "The search domains of the nodes, at most six.", ("resolv.conf",),
    ),
    Parameter(
        "use_proxy", "boolean", "false", "Whether the nodes reach the outside through a proxy.",
        ("proxy.env",),
    ),
    Parameter(
        "ip_detect_filename", "script", "genconf/ip-detect",
        "The script that prints a node's address.", ("/opt/mesosphere/bin/detect_ip",),
        source="dcos/dcos gen/build_deploy/bash.py",
    ),
    Parameter(
        "ip_detect_public_filename", "script", "", "The script that prints a node's public address.",
        ("/opt/mesosphere/bin/detect_ip_public",),
    ),
    Parameter(
        "ip6_detect_filename", "script", "", "The script that prints a node's IPv6 address.",
        ("/opt/mesosphere/bin/detect_ip6",), source="dcos/dcos gen/build_deploy/bash.py",
    ),
)  # fmt: skip

_BY_NAME: dict[str, Parameter] = {parameter.name: parameter for parameter in PARAMETERS}

CALICO_NAMES: tuple[str, ...] = tuple(name for name in _BY_NAME if name.startswith("calico_"))


def parameter(name: str) -> Parameter | None:
    """The networking parameter of that name."""
    return _BY_NAME.get(name)


def default_text(name: str, release: Release = NEWEST) -> str | None:
    """The default of a networking parameter in a release, None where it has none or does not exist yet."""
    found = _BY_NAME.get(name)
    return found.default if found is not None and found.since <= release else None


def parse_release(text: str) -> Release:
    """``2.2.1`` as numbers; ``2.2`` means the newest of its line, an empty text the newest of all.

    Raises ValueError where the text is no release from 2.1 on: earlier ones have no Calico.
    """
    if not text:
        return NEWEST
    parts = text.strip().removeprefix("v").split("-")[0].split(".")
    digits = all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts)
    if len(parts) not in (2, 3) or not digits:
        raise ValueError(f"{text!r} is no DC/OS release such as 2.2 or 2.1.4")
    numbers = [int(part) for part in parts]
    release = (numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else _ANY_PATCH)
    if release < (2, 1, 0):
        raise ValueError(f"DC/OS {text} has no Calico; it came with 2.1.0")
    return release


def release_name(release: Release) -> str:
    """A release as people write it; the newest of a line without its patch level."""
    major, minor, patch = release
    return f"{major}.{minor}" if patch == _ANY_PATCH else f"{major}.{minor}.{patch}"
