"""The installed cluster keeps its old pool."""

from calico_config import InstalledPool
from tests.config.rules.tables import case

SPEAKS = [
    case(
        "calico_network_cidr: 10.128.0.0/16",
        "1:22: error: has no effect",
        pools=(InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),),
    ),
    case(
        "calico_vxlan_enabled: false",
        "1:23: error: IP-in-IP",
        pools=(InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),),
    ),
]

SILENT = [
    case(
        "",
        pools=(
            InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),
            InstalledPool("default-ipv6-ippool", "fd00::/48", "none"),
        ),
    ),
    case("calico_network_cidr: 10.128.0.0/16", pools=()),
]
