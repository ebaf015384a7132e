"""A certificate for etcd is refused.

It has expired, is not valid yet (look at the clock), or another authority has signed it. Only clusters with
TLS for etcd have certificates.

Example:
    x509: certificate has expired or is not yet valid

Bootstrap the certificates of that node again; see that its clock is right.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted

RULE = error(__name__, source="Go crypto/x509 (texts of errors)", causes=("clock-not-synchronised",))

_LOGS = ((names.ETCD_LOG, "etcd-cert"), (names.FELIX_LOG, "etcd-cert"), (names.PLUGIN_LOG, "etcd-cert"))


def check(node: OneNode) -> Findings:
    """The journals of etcd, Felix and the plugin."""
    if not node.machine.has(names.FELIX_LOG):
        node.machine.log(names.FELIX_LOG)
    evidence, told = quoted(node.machine, *_LOGS)
    if evidence:
        yield RULE.found(
            "a certificate for etcd is refused",
            *evidence,
            hint="bootstrap the node's certificates again, and see that its clock is right",
            node=node.machine.address,
            detail=told,
        )
