"""A stand-in for a DC/OS cluster on loopback: Admin Router, Marathon and Mesos, as far as a migration meets them.

`claims` ties each behaviour to the line of the source that fixes it. Time is lazy: whatever should have happened
by now happens when the next request comes, so that no thread runs between requests.
"""

from tests.support.standin.cluster import Behaviour, Cluster
from tests.support.standin.faults import Fault
from tests.support.standin.server import StandIn, serving

__all__ = ["Behaviour", "Cluster", "Fault", "StandIn", "serving"]
