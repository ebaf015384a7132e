"""iptables or ipset are refused by the kernel.

Most often a module is missing: ip_set, xt_set, ipt_rpfilter, xt_mark and their like. Felix tries ten times
and ends; systemd starts it again.

Example:
    Failed to program iptables, giving up after retries

`modprobe` the module that the line names; look at /etc/modprobe.d for modules that are switched off.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 iptables/table.go:640, 880, 1172, ipsets/ipsets.go:342, 686;"
    " calicoctl"
    " node/checksystem.go:33",
    causes=("iptables-backends-mixed",),
)

_FATAL = ("felix-iptables-panic", "felix-ipset-panic", "felix-iptables-save")
_TRIED = ("felix-iptables-restore", "felix-ipset-restore")
_MODULE = re.compile(
    r"can't initialize|No such file|set type not supported|does not exist|No chain/target/match|[Mm]odule"
)
_SERIES = 5


def check(node: OneNode) -> Findings:
    """What ends Felix; refusals that name a module; a series of refusals."""
    machine = node.machine
    log = machine.log(names.FELIX_LOG)
    hits = [log.hits[known] for known in _FATAL if known in log.hits]
    hits += [
        log.hits[known]
        for known in _TRIED
        if known in log.hits
        and (_MODULE.search(log.hits[known].last.groups.get("err", "")) or log.hits[known].seen >= _SERIES)
    ]
    if hits:
        yield RULE.found(
            "the kernel refuses Felix' iptables rules or IP sets",
            *(machine.quote(names.FELIX_LOG, each.last) for each in hits),
            hint="load the module that the line names (`modprobe ip_set xt_set ipt_rpfilter`), and look at"
            " /etc/modprobe.d",
            node=machine.address,
            detail=times(machine, hits[0]),
        )
