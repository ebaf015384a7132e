"""etcd has no quorum.

Most masters could not ask their etcd. Calico's resources can neither be read nor written: what runs goes
on, new containers get no address, and this bundle has no list of nodes, pools, endpoints or policies.

Example:
    could not collect optmesospherebindcos-shell_dcos-etcdctl_diagnostic.output: exit status 1   (2 of 3
    masters)

Start `dcos-etcd` on the masters where it is down; look at their disks and clocks. Where the data of most
members is lost, restore it with `dcos-etcdctl restore`.
"""

from calico_core.words import counted
from calico_migrate.diagnose.estate.datastore import deaf_masters
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__, source="dcos/dcos packages/etcd/extra/etcdctl/dcos_etcdctl.py:315-322; packages/etcd/README.md"
)


def check(estate: Estate) -> Findings:
    """The masters whose etcd did not answer, against all masters."""
    lacking, undecided = deaf_masters(estate)
    masters = max(len(estate.masters), estate.parameters.number_of_masters)
    if masters and masters - len(lacking) < masters // 2 + 1:
        yield RULE.found_on(
            list(lacking),
            f"etcd has no quorum: {len(lacking)} of {counted(masters, 'master')} could not ask it;"
            " no resource of Calico can be read or written",
            *lacking.values(),
            hint="start dcos-etcd on the masters, look at disks and clocks; where data is lost:"
            " `dcos-etcdctl restore`",
        )
    elif undecided is not None and masters - len(lacking) - len(estate.masters) < 0:
        raise undecided
