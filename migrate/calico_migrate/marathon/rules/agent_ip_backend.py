"""An Edge-LB pool reaches an app at its agent's address, where it loses its host port.

A backend with the endpoint type `AGENT_IP` sends its traffic to a host port of the app. Docker containers on
Calico publish no ports: once the app has moved, nothing answers there. This is said where the pool and the
app are given together.

Example:
    {"marathon": {"serviceID": "/shop"}, "endpoint": {"type": "AGENT_IP", "portName": "web"}}

Use `CONTAINER_IP`, with the pool on the new network too; or run the app under UCR, where host ports are
forwarded.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(
    __name__,
    source="DC/OS documentation, Edge-LB, Pool configuration reference (endpoint.type);"
    " mesosphere/libnetwork-plugin driver/network_driver.go:535-537",
)


def finding(app: str, pointer: str, line: int | None, column: int | None, pool: str | None) -> Finding:
    """A backend of a pool whose app loses its host port."""
    found = RULE.finding(
        f"this backend reaches {app} at its agent's address, and its host port stops working on Calico",
        hint="use CONTAINER_IP, with the pool on the new network, or run the app under UCR",
        line=line,
        column=column,
        pointer=pointer,
    )
    return found._replace(id=pool)
