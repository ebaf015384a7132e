"""`agent_list` and `public_agent_list` have no effect."""

from tests.config.rules.tables import case

SPEAKS = [
    case("agent_list: [10.7.1.1]", "1:1: warning: agent_list"),
    case("public_agent_list: []", "1:1: warning: public_agent_list"),
]

SILENT = [
    case(""),
]
