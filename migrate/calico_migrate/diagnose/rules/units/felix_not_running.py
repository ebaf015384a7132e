"""Felix does not run on a node.

Felix programs the routes and policies of a node. Without it what is there stays as it was: new containers
get no route, new policies do not hold, and other nodes are not heard of. The health report calls a stopped
unit healthy, so that systemd's list counts.

Example:
    dcos-calico-felix.service is not listed

Read `journalctl -u dcos-calico-felix` on the node for the first error after the last start, then
`systemctl restart dcos-calico-felix`.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos packages/calico/extra/dcos-calico-felix.service; calicoctl node/status.go:75",
    causes=("stale-node-blocks-start", "pool-exhausted", "kernel-module-missing", "etcd-no-quorum",
            "etcd-out-of-space", "datastore-unreachable", "dcos-net-not-running"),
)  # fmt: skip

_UNIT = "dcos-calico-felix.service"
_HINT = "read `journalctl -u dcos-calico-felix` on the node, then `systemctl restart dcos-calico-felix`"


def check(node: OneNode) -> Findings:
    """Systemd's list, the health report, and on masters what `calicoctl node status` says."""
    machine = node.machine
    said = _status(node)
    try:
        down = units.why_down(machine, _UNIT)
    except UndecidedError:
        if said is None:
            raise
        down = None
    if down is not None:
        why, evidence = down
        yield RULE.found(f"Felix does not run: {why}", *evidence, *filter(None, [said]), hint=_HINT,
                         node=machine.address)  # fmt: skip
    elif said is not None:
        yield RULE.found("Felix does not run: calicoctl finds no process of it", said, hint=_HINT,
                         node=machine.address)  # fmt: skip


def _status(node: OneNode) -> Evidence | None:
    """The bad news of `calicoctl node status`, which exits with 1 where Felix does not run.

    Where the lists are missing too, etcd is to blame.
    """
    machine = node.machine
    if not machine.is_master:
        return None
    if machine.has(names.NODE_STATUS):
        try:
            text = machine.text(names.NODE_STATUS)
        except UndecidedError:
            return None
        for number, line in enumerate(text.splitlines(), 1):
            if "Calico process is not running" in line:
                return machine.evidence(names.NODE_STATUS, number, line)
        return None
    failure = machine.bundle.failure(machine.node, names.NODE_STATUS)
    if failure is None or failure.timed_out or not machine.has(names.CALICO_NODES):
        return None
    return machine.evidence(names.NODE_STATUS, None, f"could not be collected: {failure.reason}")
