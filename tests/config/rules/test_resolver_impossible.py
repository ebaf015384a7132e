"""A resolver has an address that no name server can have."""

from tests.config.rules.tables import case

SPEAKS = [
    case("resolvers: [10.7.0.53, 11.0.0.53]", "1:24: error: 11.0.0.53 cannot be one"),
    case("resolvers: ['9.0.0.53:53']", "1:13: error: 9.0.0.53:53"),
    case("resolvers: [198.51.100.4]", "1:13: error: dcos-dns"),
    case("resolvers: [0.0.0.0]", "1:13: error: unspecified"),
    case("resolvers: [255.255.255.255]", "1:13: error: broadcast"),
    case("resolvers: [127.0.0.1]", "1:13: warning: would have to run it itself"),
]

SILENT = [
    case(""),
    case("resolvers: [10.7.0.53, 168.63.129.16, 169.254.169.253]"),
    case("resolvers: [x]"),
    # The installer refuses these itself.
    case("resolvers: [198.51.100.1]"),
]
