"""Two endpoints, or an endpoint and a tunnel, have one address.

Calico's records of addresses are damaged, or an endpoint is stale. Packets arrive at one of them only.

Example:
    172.29.21.1 belongs to two endpoints, on 10.0.1.21 and 10.0.1.22

Stop the container of one, and delete its endpoint if it stays: `calicoctl delete workloadendpoint NAME`.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(__name__, source="projectcalico/calico issue 2461", lists=True)


def check(estate: Estate) -> Findings:
    """Addresses of endpoints against each other and against the tunnels; and what the plugins say."""
    hint = "stop the container of one, and delete its endpoint if it stays"
    seen: dict[str, list[calico.Endpoint]] = {}
    for endpoint in estate.endpoints:
        for address in endpoint.addresses:
            seen.setdefault(address, []).append(endpoint)
    tunnels = {node.tunnel(estate.mode): node for node in estate.nodes if node.tunnel(estate.mode)}
    for address, endpoints in seen.items():
        if len(endpoints) > 1:
            yield RULE.found(
                f"{address} belongs to {counted(len(endpoints), 'endpoint')}",
                *(estate.about_endpoint(endpoint) for endpoint in endpoints[:4]),
                hint=hint,
                nodes=list(dict.fromkeys(endpoint.node for endpoint in endpoints)),
            )
        if address in tunnels:
            yield RULE.found(
                f"{address} belongs to an endpoint and to the tunnel of {tunnels[address].name}",
                estate.about_endpoint(endpoints[0], "ipNetworks"),
                estate.about_node(tunnels[address]),
                hint=hint,
                nodes=[endpoints[0].node, tunnels[address].name],
            )
    for machine in estate.agents:
        told, how = quoted(machine, (names.PLUGIN_LOG, "plug-ip-assign"))
        if told and "already exists" in told[0].text:
            yield RULE.found("the Docker plugin was given an address that is in use", *told, hint=hint,
                             node=machine.address, detail=how)  # fmt: skip
