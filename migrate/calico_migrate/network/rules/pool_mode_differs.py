"""A pool's encapsulation is not the cluster's.

All pools of a cluster have one encapsulation: VXLAN pools need no BIRD, IPIP pools need it, and DC/OS starts
the one or the other. A pool of the other kind, or without any, leaves agents unable to reach each other.

Example:
    calico-migrate network generate web --cidr 10.1.0.0/16 --mode ipip --pools pools.json --output-dir web
    pool-mode-differs: the mode is ipip, but the cluster's pools use vxlan

Leave `--mode` out: the existing pools, or `config.yaml`, tell the mode.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import config_mode, mode_of, pool_modes

RULE = error(
    __name__,
    source="dcos/dcos gen/dcos-config.yaml (CALICO_NETWORKING_BACKEND); projectcalico/felix"
    " dataplane/linux/vxlan_mgr.go",
)


def check(settings: GenerationSettings) -> Findings:
    """The mode against the pools in use and the configuration."""
    modes = pool_modes(settings)
    mode = mode_of(settings)
    if len(modes) > 1:
        if settings.mode is None:
            yield RULE.finding(
                "the cluster's pools use both vxlan and ipip, so that they do not tell its mode",
                hint="look at calico_vxlan_enabled (the default is vxlan) and say it with --mode",
            )
    elif modes and mode not in modes:
        yield RULE.finding(
            f"the mode is {mode}, but the cluster's pools use {next(iter(modes))}", hint="leave --mode out"
        )
    configured = config_mode(settings)
    if not modes and configured is not None and mode != configured:
        yield RULE.finding(
            f"the mode is {mode}, but config.yaml sets {configured} (calico_vxlan_enabled)",
            hint="leave --mode out",
        )
    elif modes and configured is not None and configured not in modes:
        yield RULE.finding(
            f"config.yaml sets {configured} (calico_vxlan_enabled), but the cluster's pools use"
            f" {' and '.join(sorted(modes))}: the pools keep what the first installation had",
            severity=Severity.WARNING,
            hint="make sure that both files are of the cluster that gets the network",
        )
