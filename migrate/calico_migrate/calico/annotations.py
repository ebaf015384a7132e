"""The names by which Calico, its Docker plugin and DC/OS know each other's networks, pools and profiles."""

from __future__ import annotations

PROFILE_OPTION = "org.projectcalico.profile"
"""The option of a Docker network that says which profile its containers get."""

NETWORK_ID_ANNOTATION = "org.projectcalico.label.network.ID"
"""What the Docker plugin writes into the pool that a network uses: the network's id
(mesosphere/libnetwork-plugin driver/network_driver.go, populatePoolAnnotation)."""

PROFILE_ANNOTATION = "org.projectcalico.label.profile"
"""Written beside it: the profile of the network."""
