"""The names by which Calico, its Docker plugin and DC/OS know networks, pools, profiles and labels."""

from __future__ import annotations

LABEL_PREFIX = "org.projectcalico.label."
"""What a Docker label's key starts with when Calico reads it (dcos/dcos packages/calico/README.md)."""

PROFILE_OPTION = "org.projectcalico.profile"
"""The option of a Docker network that says which profile its containers get."""

NETWORK_ID_ANNOTATION = LABEL_PREFIX + "network.ID"
"""What the Docker plugin writes into the pool that a network uses: the network's id
(mesosphere/libnetwork-plugin driver/network_driver.go, populatePoolAnnotation)."""

PROFILE_ANNOTATION = LABEL_PREFIX + "profile"
"""Written beside it: the profile of the network."""
