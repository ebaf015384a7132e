"""Who is on which network, by Mesos' own task list: the truth about every framework.

The network's name stands in the task's latest status, copied from the request (apache/mesos
isolators/network/cni/cni.cpp:1488-1515, src/docker/executor.cpp:295-330); for task groups on the executor's
container. Tasks on the host's network or on a bridge have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.addresses import Pools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RUNNING = "TASK_RUNNING"
NO_NETWORK = "(none)"
UNKNOWN = "(unknown)"

# mesosphere/marathon core/task/Task.scala: RUNSPEC.instance-UUID._app.1, RUNSPEC.UUID of old.
_INSTANCE = re.compile(r"(?P<spec>.+)\.(?:instance|marathon)-[0-9A-Za-z-]+(?:[._].*)?", re.DOTALL)
_LEGACY = re.compile(r"(?P<spec>.+)[._][0-9a-f]{8}-[0-9a-f-]{27}", re.DOTALL)
