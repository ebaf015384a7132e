"""A node's Felix does not reach etcd.

Others do, so that it is this node's way there: a firewall in front of port 2379 of the masters, or the name
`master.dcos.thisdcos.directory`, which dcos-net answers.

Example:
    Failed to create datastore client error=dial tcp: lookup master.dcos.thisdcos.directory: no such host

From the node: `dig master.dcos.thisdcos.directory`, then `curl
http://master.dcos.thisdcos.directory:2379/health`.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.datastore import is_about_space
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 daemon/daemon.go:223-271; node pkg/startup/startup.go:405",
    causes=("etcd-no-quorum", "dcos-net-not-running", "etcd-certificate-refused", "etcd-out-of-space"),
)

_IDS = ("felix-datastore-config", "felix-datastore-client", "startup-no-datastore", "startup-node-write")


def check(node: OneNode) -> Findings:
    """Lines of Felix and of its start script that nothing good follows; writes for which there is no space
    are told by another rule.
    """
    machine = node.machine
    log = machine.log(names.FELIX_LOG)
    hits = [
        log.hits[known]
        for known in _IDS
        if known in log.hits
        and not is_about_space(log.hits[known].last.text)
        and "x509: " not in log.hits[known].last.text
    ]
    evidence = [machine.quote(names.FELIX_LOG, each.last) for each in hits]
    told = times(machine, hits[0]) if hits else ""
    if not evidence and machine.has(names.PLUGIN_LOG):
        plugin = machine.log(names.PLUGIN_LOG).hits.get("plug-wep")
        if plugin is not None and not is_about_space(plugin.last.text):
            evidence = [machine.quote(names.PLUGIN_LOG, plugin.last)]
            told = times(machine, plugin)
    if evidence:
        yield RULE.found(
            "the node does not reach etcd",
            *evidence,
            hint="from the node: `dig master.dcos.thisdcos.directory`, then port 2379 of the masters",
            node=machine.address,
            detail=told,
        )
