"""The pool overlaps another pool of the installed cluster."""

from calico_config import InstalledPool
from tests.config.rules.tables import case

SPEAKS = [
    case(
        "calico_network_cidr: 10.128.0.0/16",
        "1:22: error: extra",
        pools=(
            InstalledPool("extra", "10.128.4.0/24", "vxlan"),
            InstalledPool("default-ipv4-ippool", "10.128.0.0/16", "vxlan"),
        ),
    ),
]

SILENT = [
    case(
        "calico_network_cidr: 10.128.0.0/16",
        pools=(InstalledPool("default-ipv4-ippool", "10.128.0.0/16", "vxlan"),),
    ),
    case("calico_network_cidr: 10.128.0.0/16"),
]
