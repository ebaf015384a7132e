"""A container network without a name gets one.

Marathon gives an unnamed container network the cluster's default network, which is `dcos` on DC/OS. The
installer refuses `calico` as that default, so that such a definition would stay on the overlay for ever;
the new name is inserted. The same goes for `ipAddress` without `networkName`, and for `docker.network: USER`
without `ipAddress`.

Example:
    "networks": [{"mode": "container"}]                      becomes
    "networks": [{"mode": "container", "name": "calico"}]

Say what the unnamed network stands for with `--default-network NAME` where your cluster has another default.
"""

from calico_core.rules import info

RULE = info(
    __name__,
    source="mesosphere/marathon NetworkNormalization.scala:22-31 (default network name);"
    " dcos/dcos gen/calc.py:302-313 (the default must be an overlay)",
)
