"""Felix is active and does nothing.

It refreshes iptables every 90 seconds and says so. Where the last such line is older than ten minutes,
Felix hangs, and the node's rules and routes stay as they are.

Example:
    the last `Finished applying updates to dataplane` was 47 min before the bundle was made

Keep its goroutines (`pkill -USR1 -f calico-node`), then `systemctl restart dcos-calico-felix`.
"""

from datetime import timedelta

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 dataplane/linux/int_dataplane.go:1228 (refresh of 90 s)",
    causes=("felix-not-running", "felix-crash-loop", "datastore-unreachable"),
)

_QUIET = timedelta(minutes=10)


def check(node: OneNode) -> Findings:
    """The last sign of life against the time of collection."""
    machine = node.machine
    log = machine.log(names.FELIX_LOG)
    alive = log.goods.get("felix-loop-ok")
    now = machine.collected_at
    if alive is None or alive.time is None or log.cut:
        return
    if now is None:
        raise UndecidedError(
            names.TIMEDATECTL, Reason.ABSENT if not machine.has(names.TIMEDATECTL) else Reason.CUT
        )
    if now - alive.time > _QUIET and units.runs(machine, "dcos-calico-felix.service"):
        minutes = int((now - alive.time).total_seconds() // 60)
        yield RULE.found(
            "Felix is active and has finished no update for more than ten minutes",
            machine.quote(names.FELIX_LOG, alive),
            hint="keep its goroutines (`pkill -USR1 -f calico-node`), then `systemctl restart"
            " dcos-calico-felix`",
            node=machine.address,
            detail=f"quiet for {minutes} min",
        )
