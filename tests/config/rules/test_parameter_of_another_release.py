"""A parameter came with a later DC/OS release."""

from tests.config.rules.tables import case

SPEAKS = [
    case("calico_enabled: false", "1:1: warning: 2.1.2", dcos_version="2.1.1"),
    case("calico_enabled: true", "1:1: warning: 2.1.0 ignores it", dcos_version="2.1.0"),
]

SILENT = [
    case("calico_enabled: false"),
    case("calico_enabled: false", dcos_version="2.1.2"),
]
