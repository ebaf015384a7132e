"""The configuration names another network or mode than the default pool has.

`calico_network_cidr` and `calico_vxlan_enabled` count when the first node starts, and never again. What was
changed later has no effect, and misleads whoever reads it.

Example:
    calico_network_cidr is 172.28.0.0/16, default-ipv4-ippool has 172.29.0.0/16

Put the old value back into `config.yaml`, or make a second pool and move over.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.parsing.nets import parse_net

RULE = warning(__name__, source="projectcalico/node v3.14.0 pkg/startup/startup.go:818-867", lists=True)


def check(estate: Estate) -> Findings:
    """The two parameters against the default pool."""
    default = next((pool for pool in estate.pools if pool.name == calico.DEFAULT_POOL), None)
    if default is None:
        return
    hint = "put the old value back into config.yaml, or make a second pool and move over"
    cidr = estate.parameters.said("calico_network_cidr")
    net = parse_net(cidr[1]) if cidr is not None else None
    if cidr is not None and net is not None and net != default.net:
        yield RULE.found(
            f"calico_network_cidr is {cidr[1]}, and the default pool has {default.net}",
            cidr[0].evidence(names.EXPANDED_CONFIG, None, f'"calico_network_cidr": "{cidr[1]}"'),
            estate.about_pool(default),
            hint=hint,
        )
    switch = estate.parameters.said("calico_vxlan_enabled")
    wanted = {"true": "vxlan", "false": "ipip"}.get(switch[1]) if switch is not None else None
    if (
        switch is not None
        and wanted is not None
        and default.mode in ("vxlan", "ipip")
        and wanted != default.mode
    ):
        yield RULE.found(
            f"calico_vxlan_enabled is {switch[1]}, and the default pool uses {default.mode}",
            switch[0].evidence(names.EXPANDED_CONFIG, None, f'"calico_vxlan_enabled": "{switch[1]}"'),
            estate.about_pool(default, "vxlanMode"),
            hint=hint,
        )
