"""BIRD or confd does not run on a node of an IPIP cluster.

Without VXLAN the nodes learn each other's routes over BGP. BIRD speaks it, confd writes BIRD's
configuration: where one of them is down or cannot work, the node's containers are reached by no other node,
sooner or later.

Example:
    dcos-calico-bird.service is not listed, and the cluster uses IPIP

Read `journalctl -u dcos-calico-bird -u dcos-calico-confd` on the node, then restart both units.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted

RULE = error(
    __name__, source="dcos/dcos packages/calico/extra/dcos-calico-bird.service (bird_enabled)", needs="ipip"
)

_UNITS = ("dcos-calico-bird.service", "dcos-calico-confd.service")
_LINES = (
    (names.BIRD_LOG, "bird-no-config"),
    (names.BIRD_LOG, "bird-config-error"),
    (names.CONFD_LOG, "confd-check"),
    (names.CONFD_LOG, "confd-template"),
    (names.CONFD_LOG, "confd-client"),
)
_HINT = "read `journalctl -u dcos-calico-bird -u dcos-calico-confd` on the node, then restart both units"


def check(node: OneNode) -> Findings:
    """Systemd's list; else what the journals say without an end."""
    machine = node.machine
    down = False
    for unit in _UNITS:
        problem = units.why_down(machine, unit)
        if problem is not None:
            down = True
            why, evidence = problem
            yield RULE.found(f"{unit} does not run: {why}", *evidence, hint=_HINT, node=machine.address)
    if down or node.estate.mode != "ipip":
        return
    evidence, told = quoted(machine, *_LINES)
    if evidence and not _is_first_minute(node):
        yield RULE.found(
            "BIRD or confd cannot do its work", *evidence, hint=_HINT, node=machine.address, detail=told
        )


def _is_first_minute(node: OneNode) -> bool:
    """Whether the only trouble is that BIRD started before confd had written its configuration."""
    bird = node.machine.log(names.BIRD_LOG)
    missing = bird.hits.get("bird-no-config")
    others = any(quoted(node.machine, line)[0] for line in _LINES[1:])
    if missing is None or others:
        return False
    if bird.states:
        return max(state.line for state in bird.states.values()) > missing.last.line
    first, last = missing.kept[0].time, missing.last.time
    return first is None or last is None or (last - first).total_seconds() < _MINUTE


_MINUTE = 60
