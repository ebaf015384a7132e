"""The Docker network was made with another profile.

The option `org.projectcalico.profile` of a network says which Calico profile its containers get, and with
it their labels and rules. With another profile they have other labels and other peers may reach them.

Example:
    10.0.0.7.json: network-other-profile: the Docker network 'web' has the profile 'calico', not 'web'

Remove the network by its id once no container uses it, then run the generated scripts again; or generate
the directory anew with `--profile` naming the profile that the network has.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import NetworkSeen

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:314 (profile of endpoints)",
)


def check(seen: NetworkSeen) -> Findings:
    """Whether the network was made with the promised profile."""
    promise, network = seen
    if seen.is_calicos and network.profile != promise.profile:
        found = f"the profile {quoted(network.profile)}" if network.profile else "no profile"
        yield RULE.finding(
            f"the Docker network {quoted(promise.network)} has {found}, not {quoted(promise.profile)}",
            hint=f"remove it by its id (docker network rm {network.id[:64]}) once nothing uses it,"
            " then run the generated scripts again",
        )
