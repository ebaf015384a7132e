"""The node's clock is not synchronised, or differs from the others'.

Leases in etcd, certificates and the times in this bundle depend on it.

Example:
    NTP synchronized: no

Look at `chronyc tracking` or `ntpq -p` on the node.
"""

from datetime import timedelta

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(
    __name__, source="DC/OS docs, system requirements (NTP); dcos/dcos packages/check-time", needs=""
)

_APART = timedelta(minutes=2)
_LARGE_JUMP = 60


def check(node: OneNode) -> Findings:
    """What timedatectl says, what dcos-net's check says, and the node's time against the others'."""
    estate, machine = node.estate, node.machine
    hint = "look at `chronyc tracking` or `ntpq -p` on the node"
    for name in ("ntp synchronized", "system clock synchronized"):
        setting = machine.time_settings.get(name)
        if setting is not None and setting.value == "no":
            proof = machine.evidence(names.TIMEDATECTL, setting.line, f"{name}: no")
            yield RULE.found("its clock is not synchronised", proof, hint=hint, node=machine.address)
            return
    told, how = quoted(machine, (names.DCOS_NET_LOG, "clock"))
    if told:
        yield RULE.found("its clock is not synchronised", *told, hint=hint, node=machine.address, detail=how)
        return
    own, usual = machine.collected_at, estate.collected_at
    # Legacy bundles are collected node by node, which takes its time.
    if own is not None and usual is not None and estate.bundle.form != "legacy" and abs(own - usual) > _APART:
        setting = machine.time_settings["universal time"]
        yield RULE.found(
            "its clock differs from the others' by more than two minutes",
            machine.evidence(names.TIMEDATECTL, setting.line, f"Universal time: {setting.value}"),
            hint=hint,
            node=machine.address,
        )
        return
    try:
        jump = machine.log(names.BIRD_LOG).hits.get("bird-time")
    except UndecidedError:
        return
    if jump is not None and abs(int(jump.last.groups.get("d", "0"))) >= _LARGE_JUMP:
        yield RULE.found(
            "its clock was set by more than a minute",
            machine.quote(names.BIRD_LOG, jump.last),
            hint=hint,
            node=machine.address,
        )
