"""The strict reverse path filter is on.

DC/OS sets 2, the loose one, on every interface. With 1 the kernel drops packets that come by another
interface than answers would go by, which Calico's traffic often does.

Example:
    net.ipv4.conf.eth0.rp_filter = 1

Set it to 2, and find what sets it back: a file in /etc/sysctl.d, or tuned.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(__name__, source="dcos/dcos packages/mesos/extra/dcos-mesos-slave.service (ExecStartPre)")


def check(node: OneNode) -> Findings:
    """The larger one of the setting for all and for each interface that matters; and the kernel's log."""
    machine = node.machine
    sysctl = machine.sysctl
    everywhere = sysctl.get("net.ipv4.conf.all.rp_filter")
    try:
        nic = machine.nic
    except UndecidedError:
        nic = None
    hint = "set rp_filter to 2, and find what sets it back (/etc/sysctl.d, tuned)"
    found = False
    for name in (nic.name.replace(".", "/") if nic is not None else "eth0", "vxlan/calico", "tunl0"):
        own = sysctl.get(f"net.ipv4.conf.{name}.rp_filter")
        values = [(each.number() or 0, each) for each in (own, everywhere) if each is not None]
        if own is None or max(value for value, _ in values) != 1:
            continue
        setting = next(each for value, each in values if value == 1)
        found = True
        yield RULE.found(
            f"the strict reverse path filter is on for {name.replace('/', '.')}",
            machine.evidence(
                names.SYSCTL,
                setting.line,
                f"net.ipv4.conf.{'all' if setting is everywhere else name}.rp_filter = 1",
            ),
            hint=hint,
            node=machine.address,
        )
    told, how = quoted(machine, (names.DMESG, "martian"))
    if told and not found:
        yield RULE.found("the kernel drops packets that come by an unexpected interface", *told, hint=hint,
                         node=machine.address, detail=how)  # fmt: skip
