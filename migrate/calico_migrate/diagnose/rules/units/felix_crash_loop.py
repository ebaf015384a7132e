"""Felix starts again and again.

More than three starts in an hour, or a start script that gives up each time. The last problem before a
start is the reason; it most often has a finding of its own.

Example:
    12 starts in an hour, the last at 12:34:56

Mend what the journal says in front of each start: `journalctl -u dcos-calico-felix`.
"""

from datetime import timedelta

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.scanning import Digest, Hits
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(
    __name__,
    source="dcos/dcos packages/calico/extra/start-calico-felix.sh:3,55 (set -x); felix iptables/table.go:880",
    causes=("kernel-module-missing", "stale-node-blocks-start", "pool-exhausted", "datastore-unreachable",
            "etcd-no-quorum", "etcd-out-of-space", "xtables-lock-busy"),
)  # fmt: skip

_MOST = 3


def check(node: OneNode) -> Findings:
    """Starts, and starts that were given up, in the busiest hour."""
    machine = node.machine
    log = machine.log(names.FELIX_LOG)
    for known, what in (("start-trace", "starts"), ("startup-terminating", "starts that were given up")):
        hits = log.hits.get(known)
        if hits is None:
            continue
        at = [hit.time for hit in hits.kept if hit.time is not None]
        most = max(
            (
                sum(1 for other in at[index:] if other - begin <= timedelta(hours=1))
                for index, begin in enumerate(at)
            ),
            default=hits.seen,
        )
        if most > _MOST and not _is_over(machine, log, hits):
            yield RULE.found(
                f"Felix starts again and again: {most} {what} in an hour",
                machine.quote(names.FELIX_LOG, hits.last),
                *_reason(node),
                hint="mend what the journal says before each start: `journalctl -u dcos-calico-felix`",
                node=machine.address,
            )
            return
    broken = log.hits.get("felix-config-required")
    if broken is not None:
        yield RULE.found(
            "Felix ends at each start: one of its settings is not valid",
            machine.quote(names.FELIX_LOG, broken.last),
            hint="correct the FELIX_ variable in /opt/mesosphere/etc/calico/calico-node.env",
            node=machine.address,
        )


def _is_over(machine: Machine, log: Digest, hits: Hits) -> bool:
    """Whether Felix has worked for two hours since the last start."""
    last, now = hits.last.time, machine.collected_at
    alive = log.goods.get("felix-loop-ok")
    return (
        last is not None and now is not None and now - last > timedelta(hours=2)
        and alive is not None and alive.line > hits.last.line
    )  # fmt: skip


def _reason(node: OneNode) -> list[Evidence]:
    found, _ = quoted(
        node.machine,
        *(
            (names.FELIX_LOG, known)
            for known in (
                "felix-iptables-panic",
                "felix-ipset-panic",
                "felix-xtables-lock",
                "felix-config-required",
                "startup-ip-conflict",
                "tunnel-exhausted",
            )
        ),
    )
    return found[:2]
